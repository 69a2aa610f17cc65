// Delivery of events between contexts: one handler table, one inbox, two transports.
export type { EventHandler } from './handler.ts';
export { groupHandlers } from './handler.ts';
export type { Delivery, DeliveryOptions, TransportChoice } from './delivery.ts';
export { drainEvents, startDelivery, waitUntilSettled } from './delivery.ts';
export type { RelayHold } from './relay.ts';
export { holdRelay } from './relay.ts';
export type { DeliveryObserver } from './observer.ts';
export type { DeadLetter, RedriveRefusal, RedriveState } from './operations/dead-letter.ts';
export { listDeadLetters, redriveDeadLetter, showDeadLetter } from './operations/dead-letter.ts';
export type { HandlerLag, ScheduleRun } from './operations/machinery.ts';
export {
  listHandlerLag,
  listScheduleRuns,
  recordScheduleRun,
  registerHandlers,
} from './operations/machinery.ts';
export type { RedriveOutcome } from './operations/redrive.ts';
export { takeRedriveRequests } from './operations/redrive.ts';
export type { AuditExportRefusal } from './audit/export.commands.ts';
export { recordAuditExport } from './audit/export.commands.ts';
export { sealAuditTrail } from './audit/sealer.ts';
export type { AuditFilter, AuditHead, AuditStretch, AuditVerdict } from './audit/trail.queries.ts';
export {
  exportAuditTrail,
  getAuditHead,
  listAuditedCommands,
  listAuditedRules,
  listDeeds,
  listAuditTrail,
  verifyAuditTrail,
} from './audit/trail.queries.ts';
export type { EventTail, EventTailOptions, TailedEvent } from './event-tail.ts';
export { openEventTail } from './event-tail.ts';
export type { StoredEvent } from './event-log.ts';
export { eventLag, findEvent } from './event-log.ts';
export type { Projection, ProjectionDifference, ReplayReport } from './replay.ts';
export { replayProjection } from './replay.ts';
