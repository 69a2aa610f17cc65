// Reads the environment by a table of settings: a value or the file its *_FILE names, one schema each, and every
// fault told at once instead of one per start.
import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** The environment as a process gets it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One setting: what it is for, whether it is a secret, and how its text becomes a value. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly description: string;
  /** Parses the text; `undefined` when the setting is absent, so a default lives in the schema. */
  readonly schema: Schema;
  /** The default as people read it; absent when there is none. */
  readonly defaultText?: string;
  /** A secret may come from the file that NAME_FILE names, and its value is never shown. */
  readonly secret?: boolean;
}

export type SettingTable = Readonly<Record<string, Setting>>;

export interface ConfigFault {
  readonly name: string;
  readonly problem: string;
}

/** Thrown when the environment is wrong; the message lists every fault and shows no secret's value. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map((fault) => `  ${fault.name}: ${fault.problem}`);
    super(
      `The environment has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`,
    );
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

type Values<Table extends SettingTable> = { readonly [Name in keyof Table]: z.output<Table[Name]['schema']> };

function textOf(name: string, setting: Setting, env: Environment, faults: ConfigFault[]): string | undefined {
  // An empty value is how compose files and shells write "not set".
  const direct = env[name] === '' ? undefined : env[name];
  const file = setting.secret === true ? env[`${name}_FILE`] : undefined;
  if (file === undefined || file === '') return direct;
  if (direct !== undefined) {
    faults.push({ name, problem: `set both as ${name} and as ${name}_FILE: keep one` });
    return direct;
  }
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    faults.push({ name: `${name}_FILE`, problem: `cannot read ${file} (${code})` });
    return undefined;
  }
}

/**
 * Reads the settings of a table. Names that are not in the table are none of our business.
 *
 * @param check rules over several settings; returns their faults, and is called even when single settings are wrong
 * @throws ConfigError with every fault
 */
export function readEnvironment<Table extends SettingTable>(
  table: Table,
  env: Environment,
  check: (values: Partial<Values<Table>>) => readonly ConfigFault[] = () => [],
): Values<Table> {
  const faults: ConfigFault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(table)) {
    const before = faults.length;
    const text = textOf(name, setting, env, faults);
    if (faults.length > before) continue;
    const parsed = setting.schema.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else {
      const problem =
        text === undefined ? 'is required' : (parsed.error.issues[0]?.message ?? 'is not valid');
      faults.push({ name, problem });
    }
  }
  faults.push(...check(values as Partial<Values<Table>>));
  if (faults.length > 0) throw new ConfigError(faults);
  return values as Values<Table>;
}
