// A stream of contributions as clients send it: each is logged by its member and approved by an officer, and counts
// as accepted only once both answers came back.
import type { Cooperative, Person } from './cooperative.ts';
import { until } from './product.ts';

export interface Accepted {
  readonly contributionId: string;
  readonly memberId: string;
  readonly valueMinor: bigint;
}

export interface Stream {
  /** What was accepted so far. */
  readonly accepted: readonly Accepted[];
  /** Resolves when so many were accepted; rejects when the stream broke. */
  reached(count: number): Promise<void>;
  /** Sends no more than what is on its way. */
  end(): void;
  /** Everything that was accepted, when all is sent. */
  readonly done: Promise<readonly Accepted[]>;
}

/** What logging and approving answer here. */
export type Payload = { contribution: { id: string } };
export const LOGGED = '{ contribution { id } }';

/** The UUID behind an opaque id of the API. */
export function uuidOf(id: string): string {
  return Buffer.from(id, 'base64url').toString('utf8').split(':')[1] ?? '';
}

/** Logs hours of today's work as their member and approves them as an officer. */
export async function giveOne(
  cooperative: Cooperative,
  member: Person,
  officer: Person,
  hours: number,
): Promise<Accepted> {
  const work = {
    kind: 'LABOR',
    quantity: String(hours),
    workedOn: cooperative.today,
    description: `${hours} hours of work`,
  };
  const { contribution } = await member.act<Payload>('logContribution', work, LOGGED);
  await officer.act<Payload>('approveContribution', { contributionId: contribution.id }, LOGGED);
  return {
    contributionId: uuidOf(contribution.id),
    memberId: member.memberId,
    valueMinor: BigInt(hours) * 10_000n,
  };
}

/** Starts so many contributions, two clients per member side by side. */
export function startStream(cooperative: Cooperative, count: number): Stream {
  const accepted: Accepted[] = [];
  let most = count;
  let next = 0;
  let broken: unknown = null;

  async function client(member: Person, officer: Person): Promise<void> {
    while (next < most && broken === null) {
      const place = next;
      next += 1;
      accepted.push(await giveOne(cooperative, member, officer, 1 + (place % 7)));
    }
  }

  const clients = cooperative.workers.flatMap((member) =>
    cooperative.officers.map((officer) => client(member, officer)),
  );
  const done = Promise.all(clients).then(
    () => accepted,
    (error: unknown) => {
      broken = error;
      throw error;
    },
  );
  // Who waits for the stream hears of it; who only waits for a part of it does through `reached`.
  done.catch(() => undefined);
  return {
    accepted,
    end() {
      most = next;
    },
    done,
    async reached(wanted) {
      await until(`${wanted} accepted`, () => {
        if (broken !== null) throw broken;
        return accepted.length >= wanted;
      });
    },
  };
}
