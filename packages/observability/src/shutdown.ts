// Ends a process in order: on SIGTERM or SIGINT, or when the supervisor that started it goes away, it drains what
// it is doing; when that takes too long it ends all the same.
import { describeError } from './log.ts';
import type { Log } from './log.ts';

/** How a process ends; handlers run once, whatever asks first and however often. */
export function endGracefully(options: {
  readonly log: Log;
  readonly stop: () => Promise<void>;
  readonly withinMs?: number;
  /** Where a framework answers for faults nobody caught, they do not end the process. */
  readonly faults?: 'end' | 'leave';
  readonly exit?: (code: number) => void;
}): void {
  const exit = options.exit ?? ((code: number) => process.exit(code));
  let ending = false;

  async function end(reason: string, code: number): Promise<void> {
    if (ending) return;
    ending = true;
    options.log.info({ reason }, 'ending');
    const late = setTimeout(() => {
      options.log.error('could not end in time');
      exit(1);
    }, options.withinMs ?? 10_000);
    late.unref();
    try {
      await options.stop();
      options.log.info('ended');
      exit(code);
    } catch (error) {
      options.log.error({ err: describeError(error) }, 'ended with a fault');
      exit(1);
    }
  }

  process.once('SIGTERM', () => void end('SIGTERM', 0));
  process.once('SIGINT', () => void end('SIGINT', 0));
  // The supervisor's channel: when it is gone, so is the reason to run.
  if (process.connected) process.once('disconnect', () => void end('the supervisor is gone', 0));
  if (options.faults === 'leave') return;
  // A fault nobody caught leaves the process in an unknown state: it ends, and the supervisor starts a fresh one.
  process.once('uncaughtException', (error) => {
    options.log.fatal({ err: error }, 'uncaught fault');
    void end('uncaught fault', 1);
  });
  process.once('unhandledRejection', (error) => {
    options.log.fatal({ err: describeError(error) }, 'unhandled rejection');
    void end('unhandled rejection', 1);
  });
}
