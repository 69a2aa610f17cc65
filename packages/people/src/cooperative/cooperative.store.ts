// People's copy of the cooperative's profile, with what every command asks of it: currency digits and today.
import type { Queryable, Transaction } from '@habitat/database';
import type { LocalDate } from '@habitat/kernel';
import { todayIn } from '@habitat/kernel';

export interface Cooperative {
  readonly name: string;
  readonly currency: string;
  readonly digits: number;
  readonly timeZone: string;
  readonly today: LocalDate;
}

/** The profile and the cooperative's own today; null before people took up its creation. */
export async function findCooperative(
  client: Queryable & Pick<Transaction, 'cooperativeId' | 'now'>,
): Promise<Cooperative | null> {
  const [row] = await client.query<{
    name: string;
    currency: string;
    currency_digits: number;
    time_zone: string;
  }>('select name, currency, currency_digits, time_zone from people.cooperative where cooperative_id = $1', [
    client.cooperativeId,
  ]);
  if (row === undefined) return null;
  const { name, currency } = row;
  return {
    name,
    currency,
    digits: row.currency_digits,
    timeZone: row.time_zone,
    today: todayIn(row.time_zone, client.now),
  };
}

/** As `findCooperative`; an unknown cooperative is a fault, because its creation comes before every command. */
export async function getCooperative(
  client: Queryable & Pick<Transaction, 'cooperativeId' | 'now'>,
): Promise<Cooperative> {
  const found = await findCooperative(client);
  if (found === null) throw new Error(`people knows no cooperative ${client.cooperativeId}`);
  return found;
}
