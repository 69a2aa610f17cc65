// Brings the built product up for a project of the browser tests, the way `npm start` does, beside whatever else runs
// on this machine: a PostgreSQL of its own, free ports, the demo cooperative; all of it ends with the run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailServer, startOpenIdProvider, startPostgres } from '@habitat/test-services';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../../scripts/servers/ports.mjs';
import { openHome, root } from '../../../scripts/start/home.mjs';
import { commonEnvironment, describeServices } from '../../../scripts/start/services.mjs';
import { createSupervisor } from '../../../scripts/start/supervisor.mjs';
import { build, outputs, runProgram } from '../../../scripts/start/workspace.mjs';

/** Where the run's product is reached. */
export interface Product {
  readonly pagesUrl: string;
  readonly apiUrl: string;
  /** PostgreSQL as the owner, whom no wall between contexts or cooperatives stops. */
  readonly ownerUrl: string;
  readonly password: string;
  /** Where the mail server of the run keeps what arrived. */
  readonly mailFolder: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    product: Product;
  }
}

/** Called by vitest before the first file of each project; what it answers, after its last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // What has to be ended, last one first.
  const open: (() => Promise<void>)[] = [];
  const teardown = async (): Promise<void> => {
    for (const stop of open.splice(0).reverse()) await stop();
  };
  // Nothing to do when `npm test` has built it before.
  await build(openHome());
  const logs = mkdtempSync(join(tmpdir(), 'habitat-e2e-'));
  open.push(async () => rmSync(logs, { recursive: true, force: true }));
  try {
    const postgres = await startPostgres();
    open.push(() => postgres.stop());
    const database = await createDatabase(postgres.ownerUrl);
    const mailFolder = join(logs, 'mail');
    mkdirSync(mailFolder);
    const mail = await startMailServer(mailFolder);
    open.push(() => mail.stop());
    const port = await freePort();
    const pagesUrl = `http://localhost:${port}`;
    const client = { clientId: 'habitat', clientSecret: 'shown to one provider' };
    const provider = await startOpenIdProvider({ ...client, back: `${pagesUrl}/sign-in/provider/back` });
    open.push(() => provider.stop());
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      SMTP_URL: mail.url,
      MAIL_FROM: 'Habitat <habitat@riverbend.example>',
      PUBLIC_URL: pagesUrl,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: client.clientId,
      OIDC_CLIENT_SECRET: client.clientSecret,
      OIDC_LABEL: 'Mill Pond ID',
    };
    const secrets = {
      jwtSecret: 'a secret that only signs the sessions of one run of the browser tests',
      secretsKey: 'a key that only makes the links of one run of the browser tests, and no others',
      auditSigningKey: '5e'.repeat(32),
    };
    const common = commonEnvironment({ database, secrets, evidence: join(logs, 'evidence'), env } as never);
    const habitat = (what: string, ...args: string[]) =>
      runProgram(what, {
        command: process.execPath,
        args: [outputs['@habitat/cli'], ...args],
        env: common,
        logFile: join(logs, `${args[0] ?? 'cli'}.log`),
      });
    await habitat('The migration', 'migrate');
    const password = passwordOf(await habitat('The demo', 'demo', '--json'));
    await foundMeadow(habitat, join(logs, 'founder'), password);

    const supervisor = createSupervisor({ cwd: root, logs, tell: (text) => console.warn(text) });
    open.push(() => supervisor.stop());
    // Drawn, not the known ones: two products start at once, and would find the same ones free.
    const [apiPort, metricsPort] = [await freePort(), await freePort()];
    const services = describeServices({ port, apiPort, metricsPort, common, env });
    await supervisor.start(services.api);
    await supervisor.start(services.worker);
    await supervisor.start(services.frontend);
    const { ownerUrl } = database;
    project.provide('product', {
      pagesUrl,
      apiUrl: `${services.apiUrl}/graphql`,
      ownerUrl,
      password,
      mailFolder,
    });
    return teardown;
  } catch (fault) {
    await teardown();
    throw fault;
  }
}

/** A cooperative on its first day, beside the demo's: nothing is in it but its founder. */
async function foundMeadow(
  habitat: (what: string, ...args: string[]) => Promise<string>,
  passwordFile: string,
  password: string,
): Promise<void> {
  writeFileSync(passwordFile, password);
  const facts = { name: 'Meadow Lane', slug: 'meadow-lane', 'time-zone': 'America/Denver' };
  const founder = {
    'admin-name': 'Mira Voss',
    'admin-email': 'mira@meadow.example',
    'admin-password-file': passwordFile,
  };
  const options = Object.entries({ ...facts, ...founder }).flatMap(([name, value]) => [`--${name}`, value]);
  await habitat('A second cooperative', 'cooperative', 'create', ...options);
}

async function createDatabase(serverUrl: string): Promise<{ ownerUrl: string; appUrl: string }> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query('create database habitat');
  await client.end();
  const owner = new URL(serverUrl);
  owner.pathname = '/habitat';
  const app = new URL(owner);
  app.username = 'habitat_app';
  app.password = 'browser-tests';
  return { ownerUrl: owner.href, appUrl: app.href };
}

/** The demo tells its logins as the last line of JSON; they share one password. */
function passwordOf(output: string): string {
  const last = output
    .trim()
    .split('\n')
    .findLast((line) => line.startsWith('{"'));
  const { logins } = JSON.parse(last ?? '{"logins":[]}') as { logins: { password: string }[] };
  const [first] = logins;
  if (first === undefined) throw new Error('the demo told no logins');
  return first.password;
}
