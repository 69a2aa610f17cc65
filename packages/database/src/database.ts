// Connections to Postgres, one pool per context role. A transaction names its cooperative when it begins; the
// wall in the database then shows that cooperative's rows and no other's.
import type { CommandName } from '@habitat/kernel';
import type { Duplex } from 'node:stream';
import type { ContextName } from '@habitat/events';
import pg from 'pg';
import type { PoolClient, PoolConfig, QueryConfig, QueryResultRow } from 'pg';

const { Pool, types } = pg;

const INT8 = 20;
const DATE = 1082;
const NUMERIC = 1700;
types.setTypeParser(INT8, (text) => BigInt(text));
types.setTypeParser(DATE, (text) => text);
types.setTypeParser(NUMERIC, (text) => text);

/** The context's role, or the relay's, which carries every cooperative's events. */
export type DatabaseRole = ContextName | 'relay';

/** What a transaction acts for. Everything is checked for its form before it reaches SQL. */
export interface Scope {
  readonly cooperativeId?: string | null;
  /** Set where a person's own rows in several cooperatives are meant. */
  readonly loginId?: string | null;
  /** The command that is run and the session it is run in; every event of the transaction keeps them. */
  readonly command?: CommandName | null;
  readonly sessionId?: string | null;
  /** W3C traceparent of what is going on; every event of the transaction keeps it. */
  readonly traceParent?: string | null;
}

/** Where a process keeps traces: spans around what is asked of the database. */
export interface DatabaseTracing {
  span<T>(
    name: string,
    options: { readonly kind: 'client'; readonly attributes: Readonly<Record<string, string>> },
    work: () => Promise<T>,
  ): Promise<T>;
  parent(): string | null;
}

/** Runs SQL on one connection. Amounts (int8) come back as bigint, dates and decimals as text. */
export interface Queryable {
  query<Row extends QueryResultRow>(sql: string | QueryConfig, values?: readonly unknown[]): Promise<Row[]>;
}

/** One transaction's connection. */
export interface Session extends Queryable {
  /**
   * Sends a statement that travels with the commit: nothing waits for its answer but the commit itself, and when it
   * fails nothing of the transaction remains.
   */
  last(sql: QueryConfig): void;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections per role. */
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
  /** How long a new connection may take; without it, as long as the network lets it. */
  readonly connectTimeoutMs?: number;
  readonly onPoolError?: (error: Error) => void;
  readonly tracing?: DatabaseTracing;
}

export interface Database {
  /** Runs work in one transaction under the role and scope; commits when it resolves, rolls back when it throws. */
  transaction<T>(role: DatabaseRole, scope: Scope, work: (client: Session) => Promise<T>): Promise<T>;
  /** A read-only, repeatable-read transaction: every query in it sees the same instant. */
  read<T>(role: DatabaseRole, scope: Scope, work: (client: Queryable) => Promise<T>): Promise<T>;
  /** One statement on its own, for functions that name their cooperative themselves. */
  single<Row extends QueryResultRow>(
    role: DatabaseRole,
    sql: string | QueryConfig,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  /** A dedicated connection (LISTEN, session locks); the caller releases it. */
  connect(role: DatabaseRole): Promise<PoolClient>;
  /** Connections in use, idle and waited for, over all roles. */
  statistics(): { total: number; idle: number; waiting: number };
  end(): Promise<void>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
// Of a name that goes into the statement as it is: letters, and the dots and dashes of `import.opening-balances`.
const WORD = /^[A-Za-z][A-Za-z.-]{0,59}$/;
const TRACE_PARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

const scopeSettings = [
  { field: 'cooperativeId', name: 'cooperative_id', form: UUID, what: 'a UUID' },
  { field: 'loginId', name: 'login_id', form: UUID, what: 'a UUID' },
  { field: 'command', name: 'command', form: WORD, what: 'a plain word' },
  { field: 'sessionId', name: 'session_id', form: UUID, what: 'a UUID' },
  { field: 'traceParent', name: 'trace_parent', form: TRACE_PARENT, what: 'a traceparent' },
] as const;

/** The statement that opens a transaction in one round trip. */
export function beginStatement(scope: Scope, mode: 'write' | 'read'): string {
  const begin = mode === 'read' ? 'begin isolation level repeatable read read only' : 'begin';
  const set = scopeSettings.flatMap(({ field, name, form, what }) => {
    const value = scope[field] ?? null;
    if (value === null) return [];
    if (!form.test(value)) throw new TypeError(`${name} is not ${what}`);
    return [`set_config('habitat.${name}', '${value}', true)`];
  });
  return set.length === 0 ? begin : `${begin}; select ${set.join(', ')}`;
}

/** Wraps a pg client so that queries return plain rows. */
export function queryable(client: PoolClient): Queryable {
  return {
    async query<Row extends QueryResultRow>(sql: string | QueryConfig, values?: readonly unknown[]) {
      const result = await (typeof sql === 'string'
        ? client.query<Row>(sql, values === undefined ? undefined : [...values])
        : client.query<Row>(sql));
      return result.rows;
    },
  };
}

/** What a query rejects with reaches whoever awaits it later; until then it is not an unhandled one. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/**
 * What is sent until this turn of the event loop ends leaves in one write: a write to a socket costs more than
 * building the message.
 */
function inOneWrite(client: PoolClient): void {
  const { stream } = (client as PoolClient & { readonly connection: { readonly stream: Duplex } }).connection;
  stream.cork();
  process.nextTick(() => {
    stream.uncork();
  });
}

/**
 * The connections pipeline: BEGIN travels with the work's first statement, and the work's last ones with COMMIT. The
 * first statement's answer is only handed over once BEGIN's is there; had BEGIN failed, the statement would have met the
 * wall, because the cooperative is named in the same breath.
 */
async function inTransaction<T>(
  client: PoolClient,
  begin: string,
  work: (client: Session) => Promise<T>,
): Promise<T> {
  let broken: Error | undefined;
  inOneWrite(client);
  const begun = quietly(client.query(begin));
  const last: Promise<unknown>[] = [];
  const plain = queryable(client);
  try {
    const value = await work({
      async query<Row extends QueryResultRow>(sql: string | QueryConfig, values?: readonly unknown[]) {
        const rows = quietly(plain.query<Row>(sql, values));
        await begun;
        return rows;
      },
      last: (sql) => {
        inOneWrite(client);
        last.push(quietly(plain.query(sql)));
      },
    });
    const committed = quietly(client.query('commit'));
    await begun;
    for (const sent of last) await sent;
    const { command } = await committed;
    // Postgres answers COMMIT of a failed transaction with ROLLBACK and no error; work that swallowed the
    // statement's error must not look as if it were kept.
    if (command === 'ROLLBACK') throw new Error('the transaction had failed before its commit');
    return value;
  } catch (error) {
    // A connection that cannot even roll back is thrown away, never handed to the next tenant.
    await client.query('rollback').catch((fault: Error) => {
      broken = fault;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A prepared statement by its name, any other by its first word: never its values. */
function nameOf(sql: string | QueryConfig): string {
  if (typeof sql !== 'string' && sql.name !== undefined) return sql.name;
  const text = typeof sql === 'string' ? sql : sql.text;
  return /[a-z]+/i.exec(text)?.[0].toLowerCase() ?? 'statement';
}

/** Spans around transactions and the statements in them, for a process that keeps traces. */
function traced(database: Database, tracing: DatabaseTracing): Database {
  const spanned = <T>(name: string, role: DatabaseRole, work: () => Promise<T>) => {
    const attributes = { 'db.system.name': 'postgresql', 'habitat.role': role };
    return tracing.span(`pg ${name}`, { kind: 'client', attributes }, work);
  };
  const eachOf = <Client extends Queryable>(client: Client, role: DatabaseRole): Client => ({
    ...client,
    query: <Row extends QueryResultRow>(sql: string | QueryConfig, values?: readonly unknown[]) =>
      spanned(nameOf(sql), role, () => client.query<Row>(sql, values)),
  });
  return {
    ...database,
    transaction: (role, scope, work) =>
      spanned('transaction', role, () =>
        database.transaction(role, { ...scope, traceParent: tracing.parent() }, (client) =>
          work(eachOf(client, role)),
        ),
      ),
    read: (role, scope, work) =>
      spanned('read', role, () => database.read(role, scope, (client) => work(eachOf(client, role)))),
    single: <Row extends QueryResultRow>(
      role: DatabaseRole,
      sql: string | QueryConfig,
      values?: readonly unknown[],
    ) => spanned(nameOf(sql), role, () => database.single<Row>(role, sql, values)),
  };
}

/** Opens the pools lazily: a process that never acts for a context never connects as its role. */
export function openDatabase(options: DatabaseOptions): Database {
  const pools = new Map<DatabaseRole, pg.Pool>();

  function poolOf(role: DatabaseRole): pg.Pool {
    const known = pools.get(role);
    if (known !== undefined) return known;
    const config: PoolConfig = {
      connectionString: options.url,
      max: options.poolSize ?? 8,
      pipeline: true,
      ...(options.connectTimeoutMs === undefined
        ? {}
        : { connectionTimeoutMillis: options.connectTimeoutMs }),
      application_name: `${options.applicationName ?? 'habitat'}:${role}`,
      options: `-c role=habitat_${role} -c statement_timeout=${options.statementTimeoutMs ?? 30_000} -c idle_in_transaction_session_timeout=60000`,
    };
    const pool = new Pool(config);
    // An idle connection lost (server restart) must not end the process; the next query connects again.
    pool.on('error', (error) => options.onPoolError?.(error));
    // Nor may one lost while in use: its query rejects, and without a listener the event itself would be fatal.
    pool.on('connect', (client) => client.on('error', () => undefined));
    pools.set(role, pool);
    return pool;
  }

  const database: Database = {
    async transaction(role, scope, work) {
      const begin = beginStatement(scope, 'write');
      return inTransaction(await poolOf(role).connect(), begin, work);
    },
    async read(role, scope, work) {
      const begin = beginStatement(scope, 'read');
      return inTransaction(await poolOf(role).connect(), begin, work);
    },
    async single<Row extends QueryResultRow>(
      role: DatabaseRole,
      sql: string | QueryConfig,
      values?: readonly unknown[],
    ) {
      const result = await (typeof sql === 'string'
        ? poolOf(role).query<Row>(sql, values === undefined ? undefined : [...values])
        : poolOf(role).query<Row>(sql));
      return result.rows;
    },
    connect: (role) => poolOf(role).connect(),
    statistics() {
      const all = [...pools.values()];
      return {
        total: all.reduce((count, pool) => count + pool.totalCount, 0),
        idle: all.reduce((count, pool) => count + pool.idleCount, 0),
        waiting: all.reduce((count, pool) => count + pool.waitingCount, 0),
      };
    },
    async end() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      pools.clear();
    },
  };
  return options.tracing === undefined ? database : traced(database, options.tracing);
}
