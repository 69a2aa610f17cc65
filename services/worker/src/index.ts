// What other programs take from the worker: the handlers, and the worker itself to run inside a process.
export { agreementsHandlers, agreementsProjections } from './subscriptions/agreements.ts';
export { allHandlers } from './subscriptions/index.ts';
export { peopleHandlers } from './subscriptions/people.ts';
export { treasuryHandlers } from './subscriptions/treasury.ts';
export type { WorkerRuntime, WorkerRuntimeOptions } from './runtime.ts';
export { startWorkerRuntime } from './runtime.ts';
export { sealAudit } from './schedules.ts';
export type { MailSettings, Mailing } from './mail/mailing.ts';
export { createMailing } from './mail/mailing.ts';
export { noticeHandlers } from './notice/noticing.ts';
export { sweepEvidence } from './sweep-evidence.ts';
export type { WebhookSender, WebhookSenderOptions } from './webhook/sender.ts';
export { createWebhookSender } from './webhook/sender.ts';
