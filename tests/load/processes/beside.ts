// Processes beside the bench's own, so that what is measured and who asks for it don't take each other's turns. They are
// spoken to over Node's channel: one order at a time, an answer to each.
import type { Serializable } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Beside<Order, Answer> {
  /** The answer; throws what went wrong there. */
  ask(order: Order): Promise<Answer>;
  stop(): Promise<void>;
}

type Told<Answer> = { readonly answer: Answer } | { readonly fault: string };

/** Starts a file of this folder as a process of its own, with the settings of production as the product has them. */
export function startBeside<Order extends Serializable, Answer>(file: string): Beside<Order, Answer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return {
    async ask(order) {
      const over = new AbortController();
      const { signal } = over;
      const gone = once(child, 'exit', { signal }).then(() => [{ fault: `${file} ended` }]);
      gone.catch(() => undefined);
      child.send(order);
      const [told] = (await Promise.race([once(child, 'message', { signal }), gone])) as [Told<Answer>];
      over.abort();
      if ('fault' in told) throw new Error(told.fault);
      return told.answer;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** In the process itself: obeys each order, and ends when the bench lets go of it. */
export function answer<Order, Answer>(
  obey: (order: Order) => Promise<Answer>,
  end: () => Promise<void> = () => Promise.resolve(),
): void {
  process.on('message', (order: Order) => {
    obey(order).then(
      (value) => process.send?.({ answer: value }),
      (error: unknown) => process.send?.({ fault: String(error) }),
    );
  });
  process.on('disconnect', () => void end().then(() => process.exit(0)));
}
