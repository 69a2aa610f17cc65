// Lists that are narrowed: of the conditions a list knows, a statement names only those that are asked for. Its plan is
// then kept for each choice of them, where a statement that says "$2 is null or …" for each is planned anew every time.
import type { QueryConfig } from 'pg';

/**
 * A condition with its values, `$1`, `$2` … of its own. It is left out while its first value is null or absent, and one
 * without values always holds.
 */
export type Condition = readonly [sql: string, ...values: unknown[]];

export interface Narrowing {
  /** Of the statement; each choice of conditions is prepared under a name of its own. */
  readonly name: string;
  readonly where: readonly Condition[];
  /** Values the rest of the statement takes. */
  readonly values?: readonly unknown[];
  /** The statement, given its conditions and where its own values stand. */
  readonly text: (where: string, ...places: string[]) => string;
}

const isAsked = ([, ...values]: Condition) => values.length === 0 || (values[0] ?? null) !== null;

/** The statement with the conditions that are asked for. */
export function narrow({ name, where, values: own = [], text }: Narrowing): QueryConfig {
  const values: unknown[] = [];
  const parts = where.filter(isAsked).map(([sql, ...given]) => {
    const before = values.length;
    values.push(...given);
    return sql.replace(/\$(\d+)/g, (_, place: string) => `$${before + Number(place)}`);
  });
  const places = own.map((value) => `$${values.push(value)}`);
  const choice = where.map((condition) => (isAsked(condition) ? '1' : '0')).join('');
  return { name: `${name}-${choice}`, text: text(parts.join(' and '), ...places), values };
}

/** The pattern of `ilike` for texts that hold these words; null for none. What people type is text, not a pattern. */
export function holding(words: string | null | undefined): string | null {
  const said = words?.trim() || null;
  return said === null ? null : `%${said.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}
