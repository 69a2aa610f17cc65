// The real Terraform for tests, on a copy of our files and with providers that know AWS's resources and make nothing.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ours = fileURLToPath(new URL('../../../infrastructure/terraform', import.meta.url));
const here = dirname(fileURLToPath(import.meta.url));

interface Expression {
  readonly references?: readonly string[];
}
export interface Change {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly index?: string | number;
  // Every type has attributes of its own; the tests ask for what they know to be there.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly change: { readonly after: any };
}
export interface Module {
  readonly variables?: Readonly<Record<string, { description?: string; default?: unknown }>>;
  readonly outputs?: Readonly<Record<string, { description?: string }>>;
  readonly module_calls?: Readonly<
    Record<string, { module: Module; expressions: Record<string, Expression> }>
  >;
}
export interface Plan {
  /** What was read before anything is made. */
  readonly prior_state: unknown;
  readonly resource_changes: readonly Change[];
  readonly configuration: { readonly root_module: Module };
}

/** Null when Terraform is there, else the sentence why what needs it is skipped; a build server skips nothing. */
export function withoutTerraform(): string | null {
  const found = (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'terraform'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found) return null;
  const sentence = 'The tests of infrastructure/terraform need Terraform 1.11 or newer on the PATH.';
  if (process.env['CI'] === 'true') throw new Error(sentence);
  process.stderr.write(`Skipped: ${sentence}\n`);
  return sentence;
}

export interface Workplace {
  /** Where the copy lies. */
  readonly folder: string;
  /** Runs Terraform in the copy; its exit code and all it wrote. */
  run(...args: string[]): Promise<{ code: number; output: string }>;
  /** What the example of an environment would make. */
  plan(environment: string, ...more: string[]): Promise<Plan>;
  remove(): Promise<void>;
}

/** A copy of infrastructure/terraform that keeps its state on this disk. */
export async function openWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'habitat-terraform-'));
  const copy = join(folder, 'terraform');
  await cp(ours, copy, { recursive: true, filter: (source) => !source.includes('.terraform') });
  const versions = await readFile(join(copy, 'versions.tf'), 'utf8');
  await writeFile(join(copy, 'versions.tf'), versions.replace(/ {2}backend "s3" \{[^}]*\}\n/, ''));
  const authority = join(folder, 'authority.pem');
  await writeFile(authority, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    TF_CLI_CONFIG_FILE: await writeProviders(folder),
    TF_DISABLE_PLUGIN_TLS: '1',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
  const run: Workplace['run'] = (...args) =>
    new Promise((resolve) => {
      execFile('terraform', args, { cwd: copy, env, maxBuffer: 50_000_000 }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : 1, output: stdout + (error === null ? '' : stderr) });
      });
    });
  const needed = async (...args: string[]) => {
    const { code, output } = await run(...args);
    if (code !== 0) throw new Error(output);
    return output;
  };
  await needed('get');
  return {
    folder: copy,
    run,
    plan: async (environment, ...more) => {
      const file = join(folder, `${environment}.plan`);
      const values = `-var-file=environments/${environment}.tfvars.example`;
      const authorityIs = `-var=database_ca_file=${authority}`;
      await needed('plan', '-input=false', '-no-color', `-out=${file}`, values, authorityIs, ...more);
      return JSON.parse(await needed('show', '-json', file)) as Plan;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Programs Terraform takes for the providers, and the settings that name them. */
async function writeProviders(folder: string): Promise<string> {
  const programs = join(folder, 'providers');
  await mkdir(programs);
  for (const name of ['aws', 'random']) {
    const program = join(programs, `terraform-provider-${name}`);
    const args = [join(here, 'provider.mjs'), join(here, 'providers', `${name}.json`)];
    await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${args.join("' '")}'\n`);
    await chmod(program, 0o755);
  }
  const settings = join(folder, 'settings.tfrc');
  const overrides = ['aws', 'random'].map((name) => `    "hashicorp/${name}" = "${programs}"`).join('\n');
  await writeFile(settings, `provider_installation {\n  dev_overrides {\n${overrides}\n  }\n}\n`);
  return settings;
}
