// Makes certain that a process dies in the middle of a transaction: a table it is about to write is held, the process
// stands still before it, is killed there, and only then the table is let go.
import pg from 'pg';
import type { Product, ServiceName } from './product.ts';
import { until } from './product.ts';

interface Held {
  readonly table: string;
  release(): Promise<void>;
}

/** Holds a table: reading goes on, and whoever writes it stands still until it is released. */
async function hold(product: Product, table: string): Promise<Held> {
  const client = new pg.Client({ connectionString: product.database.ownerUrl });
  await client.connect();
  await client.query('begin');
  await client.query(`lock table ${table} in share row exclusive mode`);
  return { table, release: () => client.end() };
}

/** Kills a service at the moment it stands still before a held table, lets go of the table and starts it again. */
async function killAt(product: Product, name: ServiceName, { table, release }: Held): Promise<void> {
  await until(`the ${name} is about to write ${table}`, async () => {
    const waiting = await product.database.asOwner(
      `select from pg_locks l join pg_stat_activity a using (pid)
       where l.relation = $1::regclass and not l.granted and a.application_name like $2`,
      [table, `habitat-${name}%`],
    );
    return waiting.length > 0;
  });
  await product[name].kill();
  await release();
  await product[name].start();
}

/** Does something and kills a service in the middle of each part it plays in it, table by table. */
export async function killInside<T>(
  product: Product,
  name: ServiceName,
  tables: readonly string[],
  act: () => Promise<T>,
): Promise<T> {
  const held: Held[] = [];
  for (const table of tables) held.push(await hold(product, table));
  const doing = act();
  // What goes wrong with it is told when it is awaited below.
  doing.catch(() => undefined);
  for (const one of held) await killAt(product, name, one);
  return doing;
}

/**
 * Does something, waits for its answer and kills the worker in the middle of each part it plays afterwards, table by
 * table. The tables after the first are held only once the answer is there, so that asking may write them itself.
 */
export async function killWorkerAfter<T>(
  product: Product,
  [first, ...later]: readonly [string, ...string[]],
  act: () => Promise<T>,
): Promise<T> {
  const held = [await hold(product, first)];
  const done = await act();
  for (const table of later) held.push(await hold(product, table));
  for (const one of held) await killAt(product, 'worker', one);
  return done;
}
