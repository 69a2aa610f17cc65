// Where the demo is played: the database, a clock that only moves forward, the people by name, and delivery of events
// inside this process. Every act goes through the commands a person's click would go through.
import type { CommandContext, Database } from '@habitat/database';
import type { Actor, Result } from '@habitat/kernel';
import { newId } from '@habitat/kernel';
import type { RelayHold } from '@habitat/messaging';
import { drainEvents } from '@habitat/messaging';
import { findActor } from '@habitat/people';
import { allHandlers, noticeHandlers } from '@habitat/worker';
import type { DemoCalendar } from './calendar.ts';
import type { PersonKey } from './cast.ts';

/** Something somebody does at a time. */
export interface Act {
  readonly at: Date;
  readonly run: (stage: Stage) => Promise<void>;
}

export interface Player {
  readonly memberId: string;
  readonly loginId: string | null;
}

/** A database in which nobody else delivers events while the demo is made: they shall be delivered on its own days. */
export interface Place {
  readonly database: Database;
  readonly hold: RelayHold;
}

export class Stage {
  readonly database: Database;
  readonly calendar: DemoCalendar;
  readonly cooperativeId: string;
  /** Everybody who has joined so far. */
  readonly players = new Map<PersonKey, Player>();
  /** Transactions posted by hand, by description: sales that contributions refer to. */
  readonly transactions = new Map<string, string>();
  readonly #hold: RelayHold;
  #now: Date;
  readonly #actors = new Map<PersonKey, Actor>();

  constructor({ database, hold }: Place, calendar: DemoCalendar, cooperativeId: string, now: Date) {
    this.database = database;
    this.#hold = hold;
    this.calendar = calendar;
    this.cooperativeId = cooperativeId;
    this.#now = now;
  }

  /** Moves the clock forward, never past the real present: early in a quarter the last close happens just now. */
  moveTo(instant: Date): void {
    const latest = Math.min(instant.getTime(), this.calendar.now.getTime());
    this.#now = new Date(Math.max(this.#now.getTime(), latest));
  }

  get now(): Date {
    return this.#now;
  }

  player(key: PersonKey): Player {
    const player = this.players.get(key);
    if (player === undefined) throw new Error(`${key} has not joined the demo yet`);
    return player;
  }

  /** Somebody's roles changed: they are read anew at their next act. */
  forget(key: PersonKey): void {
    this.#actors.delete(key);
  }

  /** The context of an act by this person, now. */
  async as(key: PersonKey): Promise<CommandContext> {
    const { loginId } = this.player(key);
    if (loginId === null) throw new Error(`${key} cannot sign in`);
    let actor = this.#actors.get(key);
    if (actor === undefined) {
      const found = await findActor(this.database, {
        cooperativeId: this.cooperativeId,
        loginId,
        now: this.#now,
      });
      if (found === null) throw new Error(`${key} has no membership`);
      const { kind, cooperativeId, memberId, roles } = found;
      actor = { kind, cooperativeId, loginId, memberId, roles };
      this.#actors.set(key, actor);
    }
    return this.asActor(actor);
  }

  asActor(actor: Actor): CommandContext {
    return { cooperativeId: this.cooperativeId, actor, now: this.#now, correlationId: `demo-${newId()}` };
  }

  /** Delivers every event waiting, and what follows from it, at the demo's time. A dead letter ends the demo. */
  async drain(): Promise<void> {
    let fault: Error | undefined;
    await drainEvents({
      database: this.database,
      handlers: [...allHandlers, ...noticeHandlers(this.database)],
      clock: () => this.#now,
      retryLimit: 0,
      hold: this.#hold,
      observer: {
        gaveUp: (handler, event, _attempts, error) => {
          fault ??= new Error(`${handler} could not take ${event.type}: ${String(error)}`, { cause: error });
        },
      },
    });
    if (fault !== undefined) throw fault;
  }

  /** Plays acts in the order of their times and delivers events at the end of every day. */
  async play(acts: readonly Act[]): Promise<void> {
    const sorted = [...acts].sort((left, right) => left.at.getTime() - right.at.getTime());
    let day = '';
    for (const act of sorted) {
      const today = act.at.toISOString().slice(0, 10);
      if (day !== '' && today !== day) await this.drain();
      day = today;
      this.moveTo(act.at);
      await act.run(this);
    }
    await this.drain();
  }
}

/** Acts that build on each other, in this order even where a short quarter puts them on one day. */
export function inOrder(acts: readonly Act[]): Act[] {
  let earliest = 0;
  return acts.map(({ at, run }) => {
    earliest = Math.max(at.getTime(), earliest + 60_000);
    return { at: new Date(earliest), run };
  });
}

/** The value of a command that the demo relies on; a refusal is a mistake in the script and names itself. */
export function done<Value, Refusal>(what: string, result: Result<Value, Refusal>): Value {
  if (result.ok) return result.value;
  const told = JSON.stringify(result.refusal, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  throw new Error(`the demo's ${what} was refused: ${told}`);
}
