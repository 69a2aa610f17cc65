// The worker inside a process: delivery with all handlers, and the schedules. main.ts runs it as a service; tests,
// the example and the command line run it beside their own work with a clock of their own.
import type { Database } from '@habitat/database';
import type { Delivery, DeliveryOptions, EventHandler, RedriveOutcome } from '@habitat/messaging';
import { startDelivery } from '@habitat/messaging';
import { noticeHandlers } from './notice/noticing.ts';
import { startRedriving } from './redriving.ts';
import { schedules as allSchedules, startSchedules } from './schedules.ts';
import type { Schedule } from './schedules.ts';
import { allHandlers } from './subscriptions/index.ts';

export interface WorkerRuntimeOptions extends Omit<DeliveryOptions, 'handlers'> {
  readonly database: Database;
  /** All handlers of all contexts when absent. */
  readonly handlers?: readonly EventHandler[];
  /** None when absent: a test decides itself what is due. */
  readonly schedules?: readonly Schedule[] | 'all';
  readonly onSchedule?: (schedule: string, fault: unknown) => void;
  /** Told how each redrive ended that somebody asked for. */
  readonly onRedrive?: (outcome: RedriveOutcome) => void;
}

export type WorkerRuntime = Delivery;

/** Starts a worker in this process; `settled()` waits until no event is on its way any more. */
export function startWorkerRuntime(options: WorkerRuntimeOptions): WorkerRuntime {
  const { schedules = [], onSchedule, onRedrive, ...delivery } = options;
  const { handlers = [...allHandlers, ...noticeHandlers(options.database)] } = options;
  const running = startDelivery({ ...delivery, handlers });
  const clocked = startSchedules({
    database: options.database,
    schedules: schedules === 'all' ? allSchedules : schedules,
    clock: options.clock ?? (() => new Date()),
    onRun: (schedule, fault) => onSchedule?.(schedule, fault),
  });
  const redriving = startRedriving({
    database: options.database,
    handlers,
    clock: options.clock ?? (() => new Date()),
    onOutcome: (outcome) => onRedrive?.(outcome),
    onFault: (error) => options.observer?.waiting?.('redrive requests', error),
  });
  return {
    ...running,
    async stop() {
      await Promise.all([clocked.stop(), redriving.stop(), running.stop()]);
    },
  };
}
