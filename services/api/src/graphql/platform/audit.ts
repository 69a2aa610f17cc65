// The audit trail: who did what, when, by which command and in which session, each entry at its place in the chain.
import type { ChainFault, SealedEntry } from '@habitat/audit';
import { fingerprintOf } from '@habitat/audit';
import type { JsonValue } from '@habitat/kernel';
import { isId } from '@habitat/kernel';
import type { AuditHead, AuditVerdict } from '@habitat/messaging';
import {
  getAuditHead,
  listAuditedCommands,
  listAuditedRules,
  listAuditTrail,
  verifyAuditTrail,
} from '@habitat/messaging';
import { listApiKeys } from '@habitat/platform';
import { builder } from '../builder.ts';
import { defineConnection } from '../connection.ts';
import { invalidInput } from '../error.ts';
import { requestLoader } from '../loader.ts';
import { pageArgs, readPage } from '../page.ts';
import { MemberRef } from '../people/member.ref.ts';

const scope = { act: 'audit.view' } as const;

interface Detail {
  readonly name: string;
  readonly value: string;
}

/** A payload's values with their paths: `lines[0].bookMinor`. */
function detailsOf(value: JsonValue, path = ''): Detail[] {
  if (value === null) return [];
  // What was written about somebody stands where it belongs, for as long as it may be read.
  if (typeof value === 'string' && value.startsWith('sealed:')) return [{ name: path, value: 'sealed' }];
  if (typeof value !== 'object') return [{ name: path, value: String(value) }];
  const parts: (readonly [string, JsonValue])[] = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((item, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(value).map(
        ([key, item]) => [path === '' ? key : `${path}.${key}`, item as JsonValue] as const,
      );
  return parts.flatMap(([name, item]) => detailsOf(item, name));
}

const AuditDetailRef = builder.objectRef<Detail>('AuditDetail').implement({
  description: 'One value an entry carries.',
  authScopes: scope,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its path: lines[0].bookMinor. Amounts are minor units.' }),
    value: t.exposeString('value', { description: 'The value as text.' }),
  }),
});

/** Names of keys by id: the trail keeps which key it was, and names it only while the key is kept. */
const keyNameOf = requestLoader<string, string | null>(async (keyIds, context) => {
  const query = { cooperativeId: context.cooperativeId(), supervisorLoginId: null };
  const names = new Map((await listApiKeys(context.database, query)).map(({ keyId, name }) => [keyId, name]));
  return keyIds.map((keyId) => names.get(keyId) ?? null);
});

const AuditEntryRef = builder.objectRef<SealedEntry>('AuditEntry').implement({
  description: 'One thing that happened, sealed into the chain.',
  authScopes: scope,
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Its place in the cooperative’s chain, from 1.' }),
    hash: t.exposeString('hash', {
      description: 'SHA-256 over its place, the hash before it and its canonical JSON (RFC 8785).',
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was written down.',
      resolve: ({ entry }) => new Date(entry.recordedAt),
    }),
    type: t.string({
      description: 'What happened: "people.contribution.approved".',
      resolve: ({ entry }) => entry.type,
    }),
    command: t.string({
      nullable: true,
      description: 'The act that was asked for; null for what followed from an event.',
      resolve: ({ entry }) => entry.command,
    }),
    actorKind: t.string({
      description: 'person, agent or system.',
      resolve: ({ entry }) => entry.actorKind,
    }),
    actor: t.field({
      type: MemberRef,
      nullable: true,
      description: 'The member who did it, or whose key did; null for the system.',
      resolve: ({ entry }) => entry.actorMemberId,
    }),
    keyName: t.string({
      nullable: true,
      description:
        'The key for programs it was done with, by its name; null for what people and the system did.',
      resolve: ({ entry }, _args, context) =>
        entry.actorKind === 'agent' && entry.sessionId !== null
          ? keyNameOf(context).load(entry.sessionId)
          : null,
    }),
    subjectType: t.string({
      description: 'Kind of the thing it happened to: "contribution", "transaction".',
      resolve: ({ entry }) => entry.aggregateType,
    }),
    subjectId: t.string({
      description: 'That thing, by its UUID, as the details and exported packages name it.',
      resolve: ({ entry }) => entry.aggregateId,
    }),
    sessionId: t.string({
      nullable: true,
      description: 'The session it was done in; null outside of one.',
      resolve: ({ entry }) => entry.sessionId,
    }),
    correlationId: t.string({
      description: 'The request it began with; the log carries the same.',
      resolve: ({ entry }) => entry.correlationId,
    }),
    rules: t.stringList({
      description:
        'Versions of the cooperative’s rules it was judged by: "approval:3", "valuation_rule:<id>:2". 0 is what came with the template.',
      resolve: ({ entry }) => [...(entry.rules ?? [])],
    }),
    details: t.field({
      type: [AuditDetailRef],
      description: 'Everything it carries, value by value.',
      resolve: ({ entry }) => detailsOf(entry.payload),
    }),
  }),
});

const AuditEntryConnection = defineConnection<SealedEntry>('AuditEntry', AuditEntryRef);

builder.queryField('auditTrail', (t) =>
  t.field({
    type: AuditEntryConnection,
    description: 'The audit trail, newest first. Entries appear within seconds, once they are sealed.',
    authScopes: scope,
    args: {
      ...pageArgs(t.arg),
      command: t.arg.string({ description: 'Only what this command did.' }),
      actorId: t.arg.globalID({ description: 'Only what this member did.' }),
      subjectId: t.arg.string({ description: 'Only what happened to this, by its UUID.' }),
      rule: t.arg.string({ description: 'Only what this version of a rule decided: "approval:3".' }),
      from: t.arg({ type: 'LocalDate', description: 'First day, where the cooperative lives.' }),
      until: t.arg({ type: 'LocalDate', description: 'Last day.' }),
    },
    resolve: async (_root, args, context) => {
      if (args.subjectId != null && !isId(args.subjectId))
        throw invalidInput([{ path: ['subjectId'], message: 'not a UUID' }], 'NOT_AN_ID');
      const { timeZone } = context.signedIn().cooperative;
      const database = await context.reports();
      return readPage(
        args,
        { parts: ['whole'], of: (sealed: SealedEntry) => [String(sealed.sequence)] },
        ({ limit, after }) => {
          const before = after === null ? null : Number(after[0]);
          return listAuditTrail(database, context.cooperativeId(), {
            limit,
            before,
            command: args.command ?? null,
            actorMemberId: args.actorId?.id ?? null,
            subjectId: args.subjectId ?? null,
            rule: args.rule ?? null,
            from: args.from ?? null,
            until: args.until ?? null,
            timeZone,
          });
        },
      );
    },
  }),
);

const AuditHeadRef = builder.objectRef<AuditHead>('AuditHead').implement({
  description: 'The end of the chain: note it elsewhere, and a rewritten chain is found against it.',
  authScopes: scope,
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Number of the last entry; 0 while there is none.' }),
    hash: t.exposeString('hash', { description: 'Its hash.' }),
    sealedAt: t.expose('sealedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was sealed; null while there is none.',
    }),
    unsealed: t.exposeInt('unsealed', { description: 'What waits to be sealed; a few seconds’ worth.' }),
    commands: t.stringList({
      description: 'Every command the trail knows, by name.',
      resolve: async (_head, _args, context) =>
        listAuditedCommands(await context.reports(), context.cooperativeId()),
    }),
    rules: t.stringList({
      description: 'Every version of a rule something in the trail was judged by.',
      resolve: async (_head, _args, context) =>
        listAuditedRules(await context.reports(), context.cooperativeId()),
    }),
    keyFingerprint: t.string({
      nullable: true,
      description:
        'Fingerprint of the key packages are signed with; null where there is none and nothing can be exported.',
      resolve: (_head, _args, { auditKey }) => (auditKey === null ? null : fingerprintOf(auditKey.publicKey)),
    }),
  }),
});

builder.queryField('auditHead', (t) =>
  t.field({
    type: AuditHeadRef,
    description: 'Where the audit trail ends now.',
    authScopes: scope,
    resolve: async (_root, _args, context) => getAuditHead(await context.reports(), context.cooperativeId()),
  }),
);

const ChainFaultRef = builder.objectRef<ChainFault>('AuditFault').implement({
  description:
    'The first place at which the chain is not as it was sealed; behind it nothing can be trusted.',
  authScopes: scope,
  fields: (t) => ({
    code: t.string({
      description: 'ENTRY_MISSING, ENTRY_CHANGED, or ANCHOR_DIFFERS when the whole chain was written anew.',
      resolve: (fault) => fault.code,
    }),
    sequence: t.exposeInt('sequence', { description: 'The entry.' }),
  }),
});

const AuditVerdictRef = builder.objectRef<AuditVerdict>('AuditVerdict').implement({
  description: 'What walking the whole chain came to.',
  authScopes: scope,
  fields: (t) => ({
    soundTo: t.int({ description: 'The last sound entry.', resolve: (verdict) => verdict.head.sequence }),
    fault: t.field({
      type: ChainFaultRef,
      nullable: true,
      description: 'The first fault; null when every entry is as it was sealed.',
      resolve: (verdict) => verdict.fault,
    }),
    neverSealed: t.exposeInt('neverSealed', {
      description: 'Events that were written past the log’s own door; 0 when all is well.',
    }),
  }),
});

builder.queryField('auditVerdict', (t) =>
  t.field({
    type: AuditVerdictRef,
    description: 'Walks the whole chain now; some seconds for a long one.',
    authScopes: scope,
    args: {
      sequence: t.arg.int({ description: 'An entry whose hash is known from elsewhere …' }),
      hash: t.arg.string({ description: '… and that hash.' }),
    },
    resolve: async (_root, { sequence, hash }, context) => {
      if ((sequence == null) !== (hash == null)) {
        const path = [sequence == null ? 'sequence' : 'hash'];
        throw invalidInput([{ path, message: 'an entry is known by its number and its hash' }]);
      }
      const anchors = sequence == null || hash == null ? [] : [{ sequence, hash: hash.toLowerCase() }];
      return verifyAuditTrail(await context.reports(), context.cooperativeId(), anchors);
    },
  }),
);
