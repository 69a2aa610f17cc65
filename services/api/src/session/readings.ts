// Puts on record what somebody reads by their office: the acts the permission matrix marks as logged, and whatever is taken
// away as a file, in a query or in what a mutation answers. The guards note what they let through and for whom, so that a new field is on record by its guard alone.
import type { ApolloServerPlugin } from '@apollo/server';
import type { Act } from '@habitat/kernel';
import { grantOf } from '@habitat/kernel';
import type { Reading } from '@habitat/platform';
import { recordReading } from '@habitat/platform';
import { Kind, OperationTypeNode } from 'graphql';
import type { ApiContext } from '../graphql/context.ts';

/** The same look in the same session within this time is one entry: pages ask again whenever they are shown. */
const ONE_LOOK_MS = 15 * 60_000;
const MOST_REMEMBERED = 10_000;

/** What the guards of one request let through by office. */
export interface ReadNotes {
  readonly acts: Set<Act>;
  /** Acts by which a mutation was let through: what was done stands in the trail by itself. */
  readonly done: Set<Act>;
  /** Members whose own it was. */
  readonly members: Set<string>;
}

/** Notes an act that let somebody through, where the matrix wants it on record. */
export function noteAct(notes: ReadNotes, act: Act): void {
  if (grantOf(act).logged === true) notes.acts.add(act);
}

/** Acts of a request that let somebody read: of a mutation those its answer took, not the one it was done by. */
function actsRead({ acts, done, members }: ReadNotes, operation: OperationTypeNode): Act[] {
  // Whose own was read beside is told by its guard; the act may then be the one it was done by.
  const read = operation === OperationTypeNode.QUERY || members.size > 0;
  return [...acts].filter((act) => read || !done.has(act)).sort();
}

/** What somebody did again a moment ago; of one process, and gone with it. */
function createMemory(): { isFresh(key: string, now: Date): boolean } {
  const seen = new Map<string, number>();
  return {
    isFresh(key, now) {
      const before = seen.get(key);
      if (before !== undefined && now.getTime() - before < ONE_LOOK_MS) return false;
      seen.delete(key);
      seen.set(key, now.getTime());
      const [oldest] = seen.keys();
      if (seen.size > MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
      return true;
    },
  };
}

/** The Apollo plugin. The answer waits for its entry: nothing is given out that the trail does not know. */
export function readingsPlugin(): ApolloServerPlugin<ApiContext> {
  const memory = createMemory();
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({ contextValue: context, operation, response }) {
          const { body } = response;
          if (context.viewer === null || operation === undefined || body.kind !== 'single') return;
          if (operation.operation === OperationTypeNode.SUBSCRIPTION) return;
          const acts = actsRead(context.readNotes, operation.operation);
          const taken = operation.operation === OperationTypeNode.QUERY ? context.request.takenAs : null;
          if (body.singleResult.data == null || (acts.length === 0 && taken === null)) return;
          const { selections } = operation.selectionSet;
          const asked = selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
          const reading: Reading = {
            acts,
            asked: [...new Set(asked)].sort(),
            subjects: acts.length === 0 ? [] : [...context.readNotes.members].sort(),
            taken,
          };
          // Every file is an entry of its own, however many pages of a list it was made from.
          const within = taken === null ? context.viewer.sessionId : context.request.correlationId;
          if (!memory.isFresh(JSON.stringify([within, reading]), context.now)) return;
          await recordReading(context.database, { ...context.command(), idempotencyKey: null }, reading);
        },
      }),
  };
}
