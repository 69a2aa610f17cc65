// Delivery of events between contexts: one handler table, one inbox, two transports.
export type { EventHandler } from './handler.ts';
export { groupHandlers } from './handler.ts';
