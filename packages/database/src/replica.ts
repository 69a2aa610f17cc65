// Chooses where a report is read: on a streaming standby when that is safe, else on the primary. Safe means that it is a
// standby, follows closely, and has replayed the last thing this actor wrote in this cooperative, whichever process took
// that write. A replica in trouble never becomes a reader's trouble.
import type { Database, Scope } from './database.ts';

/** Why the primary was read although there is a replica; `replica` when it was not. */
export type ReadChoice =
  'replica' | 'own_write' | 'lagging' | 'not_standby' | 'down' | 'primary_restarted' | 'failed';

export interface ReportReader {
  /** Remembers that this actor's writes up to now must be seen by their next report. */
  wrote(scope: ActorScope): Promise<void>;
  /** The database to read this actor's reports from; only its `read` may go to the replica. */
  choose(scope: ActorScope): Promise<Database>;
}

export interface ActorScope {
  readonly cooperativeId: string;
  readonly loginId: string;
}

export interface ReplicaOptions {
  readonly primary: Database;
  readonly replica: Database;
  /** Further behind than this, nobody reads from it. */
  readonly maxLagMs: number;
  readonly onChoice?: (choice: ReadChoice) => void;
  /** Told when the replica comes into or out of use, not at every read. */
  readonly onChange?: (choice: ReadChoice, error: unknown) => void;
}

const PROBE_WITHIN_MS = 1_000;
const LEFT_ALONE_MS = 2_000;
const STATEMENT_TIMEOUT = '57014';

/** Takes the place of a log position that is surely replayed. */
const NOWHERE = '0/0';

interface Head extends Record<string, unknown> {
  readonly head: string;
  readonly written: string | null;
  /** The table of last writes does not survive a crash of the primary. */
  readonly isFresh: boolean;
}

interface Progress extends Record<string, unknown> {
  readonly isStandby: boolean;
  readonly hasAll: boolean | null;
  readonly hasOwn: boolean | null;
  readonly behindMs: number | null;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === STATEMENT_TIMEOUT;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the replica did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

class Reader implements ReportReader {
  #leftAloneUntil = 0;
  #last: ReadChoice = 'replica';

  constructor(readonly options: ReplicaOptions) {}

  async wrote({ cooperativeId, loginId }: ActorScope): Promise<void> {
    // Asked after the commit, so the position lies behind everything the act has written.
    await this.options.primary.single('relay', {
      name: 'remember-write',
      text: `insert into platform.last_write as known (cooperative_id, login_id, lsn, written_at)
             values ($1, $2, pg_current_wal_insert_lsn(), now())
             on conflict (cooperative_id, login_id)
               do update set lsn = greatest(known.lsn, excluded.lsn), written_at = excluded.written_at`,
      values: [cooperativeId, loginId],
    });
  }

  async choose(scope: ActorScope): Promise<Database> {
    const { primary, replica, onChoice } = this.options;
    const choice = await this.#judge(scope);
    onChoice?.(choice);
    if (choice !== 'replica') return primary;
    return {
      ...primary,
      read: async (role, read: Scope, work) => {
        try {
          return await replica.read(role, read, work);
        } catch (error) {
          // A report that is too slow there is too slow here; everything else is asked again where it counts.
          if (isTimeout(error)) throw error;
          this.#note('failed', error);
          onChoice?.('failed');
          return primary.read(role, read, work);
        }
      },
    };
  }

  async #judge(scope: ActorScope): Promise<ReadChoice> {
    if (performance.now() < this.#leftAloneUntil) return 'down';
    const head = await this.#headOf(scope);
    if (head.isFresh) return 'primary_restarted';
    let progress: Progress;
    try {
      progress = await within(PROBE_WITHIN_MS, this.#progressOf(head));
    } catch (error) {
      return this.#note('down', error);
    }
    if (!progress.isStandby) return this.#note('not_standby', null);
    const { behindMs } = progress;
    if (progress.hasAll !== true && (behindMs === null || behindMs > this.options.maxLagMs))
      return this.#note('lagging', null);
    this.#note('replica', null);
    return progress.hasOwn === true ? 'replica' : 'own_write';
  }

  async #headOf({ cooperativeId, loginId }: ActorScope): Promise<Head> {
    const [row] = await this.options.primary.single<Head>('relay', {
      name: 'read-head',
      text: `select pg_current_wal_lsn()::text as head,
               (select lsn::text from platform.last_write where cooperative_id = $1 and login_id = $2) as written,
               clock_timestamp() - pg_postmaster_start_time() < $3::int * interval '1 millisecond' as "isFresh"`,
      values: [cooperativeId, loginId, this.options.maxLagMs],
    });
    if (row === undefined) throw new Error('the primary did not tell its position');
    return row;
  }

  async #progressOf({ head, written }: Head): Promise<Progress> {
    const [row] = await this.options.replica.single<Progress>('relay', {
      name: 'read-progress',
      text: `select pg_is_in_recovery() as "isStandby", pg_last_wal_replay_lsn() >= $1::pg_lsn as "hasAll",
               pg_last_wal_replay_lsn() >= $2::pg_lsn as "hasOwn",
               (extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::float8 as "behindMs"`,
      values: [head, written ?? NOWHERE],
    });
    if (row === undefined) throw new Error('the replica did not tell its position');
    return row;
  }

  #note(choice: ReadChoice, error: unknown): ReadChoice {
    if (choice === 'down' || choice === 'failed') this.#leftAloneUntil = performance.now() + LEFT_ALONE_MS;
    if (choice !== this.#last) this.options.onChange?.(choice, error);
    this.#last = choice;
    return choice;
  }
}

/** Reads reports from a replica where that is safe. */
export function openReportReader(options: ReplicaOptions): ReportReader {
  return new Reader(options);
}

/** Without a replica: the primary serves everything and nothing needs remembering. */
export function primaryReader(primary: Database): ReportReader {
  return { wrote: () => Promise.resolve(), choose: () => Promise.resolve(primary) };
}
