// The envelope every event travels in, from the log through the bus to a handler. The payload's contract is
// the publishing context's own file; the envelope carries what delivery, order and tracing need.
import { z } from 'zod';
import { identifier } from './field.ts';

export const contextName = z.enum(['platform', 'treasury', 'people', 'agreements']);
/** The context that publishes an event; also the first part of its type. */
export type ContextName = z.infer<typeof contextName>;

const eventActor = z.object({
  kind: z.enum(['person', 'agent', 'system']),
  loginId: identifier.nullable(),
  memberId: identifier.nullable(),
});

export const envelopeSchema = z.object({
  id: identifier,
  /** "<context>.<noun>.<what happened>" */
  type: z.string().regex(/^[a-z]+\.[a-z0-9_]+\.[a-z0-9_]+$/),
  version: z.int().positive(),
  cooperativeId: identifier,
  aggregateType: z.string(),
  /** Events of one aggregate are delivered in the order they were recorded. */
  aggregateId: identifier,
  recordedAt: z.iso.datetime(),
  actor: eventActor,
  correlationId: z.string(),
  causationId: identifier.nullable(),
  /** W3C traceparent of the span it was recorded in, where traces are kept. */
  traceParent: z.string().optional(),
  payload: z.record(z.string(), z.unknown()),
});

/** An event as delivered: envelope with the raw JSON payload. */
export type Envelope = z.infer<typeof envelopeSchema>;

/** Which texts of a payload were written about a member; the log keeps them under that member's key. */
export interface PersonalTexts {
  /** Path to the member's id. */
  readonly of: readonly string[];
  /** Paths to the texts. A handler sees them sealed. */
  readonly texts: readonly (readonly string[])[];
}

/** The contract of one event type: its name, version, aggregate and payload schema. */
export interface EventContract<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly version: number;
  readonly aggregateType: string;
  readonly payload: Schema;
  readonly personal?: PersonalTexts;
}

/** Declares one event type; the aggregate type is the noun in the event's name. */
export function defineEvent<Type extends string, Schema extends z.ZodType>(
  type: Type,
  payload: Schema,
  version = 1,
): EventContract<Type, Schema> {
  const noun = type.split('.')[1];
  if (noun === undefined) throw new Error(`event type ${type} lacks a noun`);
  return { type, version, aggregateType: noun, payload };
}

/** Declares an event type with texts about a member in it, which are sealed as they enter the log. */
export function definePersonalEvent<Type extends string, Schema extends z.ZodType>(
  type: Type,
  payload: Schema,
  personal: PersonalTexts,
): EventContract<Type, Schema> {
  return { ...defineEvent(type, payload), personal };
}

/** Payload as handlers see it: amounts are bigint. */
export type PayloadOf<Contract extends EventContract> = z.output<Contract['payload']>;

/** An event a command wants recorded; the envelope is completed when the transaction commits. */
export interface NewEvent {
  readonly contract: EventContract;
  readonly aggregateId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Builds an event for the log, with its payload checked by the compiler against the contract. */
export function newEvent<Contract extends EventContract>(
  contract: Contract,
  aggregateId: string,
  payload: PayloadOf<Contract>,
): NewEvent {
  return { contract, aggregateId, payload: payload as Record<string, unknown> };
}

/** JSON of a payload with amounts written as decimal strings. */
export function encodePayload(payload: unknown): string {
  return JSON.stringify(payload, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

/** Parses a delivered event's payload by its contract; throws when it breaks the contract (a poison event). */
export function readPayload<Contract extends EventContract>(
  contract: Contract,
  envelope: Envelope,
): PayloadOf<Contract> {
  if (envelope.type !== contract.type || envelope.version !== contract.version) {
    throw new Error(
      `expected ${contract.type} v${contract.version}, got ${envelope.type} v${envelope.version}`,
    );
  }
  return contract.payload.parse(envelope.payload) as PayloadOf<Contract>;
}
