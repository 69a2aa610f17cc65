// Events the platform publishes: a cooperative comes into being and its profile changes (each context keeps the facts
// it needs as its own copy), a link is to be mailed, an account is tied to a member.
import { z } from 'zod';
import { contextName, defineEvent, definePersonalEvent } from './envelope.ts';
import { identifier, localDate } from './field.ts';

export const taxRegime = z.enum(['subchapter_k', 'subchapter_t']);
export type TaxRegime = z.infer<typeof taxRegime>;

const profile = {
  name: z.string(),
  slug: z.string(),
  currency: z.string().length(3),
  /** Minor-unit digits of the currency (ISO 4217). */
  currencyDigits: z.int().min(0).max(4),
  timeZone: z.string(),
  taxRegime,
};

export const cooperativeCreated = definePersonalEvent(
  'platform.cooperative.created',
  z.object({
    ...profile,
    /** Template of the chart of accounts and default policies. */
    template: z.string(),
    /** First day of the first accounting period. */
    firstPeriodStartsOn: localDate,
    periodLength: z.enum(['month', 'quarter', 'year']),
    /** Month its fiscal year begins in; events from before there was a choice mean January. */
    fiscalStartMonth: z.int().min(1).max(12).default(1),
    /** The first administrator, already a login; people makes the member from it. */
    administrator: z.object({
      memberId: identifier,
      loginId: identifier,
      displayName: z.string(),
      email: z.string(),
    }),
  }),
  {
    of: ['administrator', 'memberId'],
    texts: [
      ['administrator', 'displayName'],
      ['administrator', 'email'],
    ],
  },
);

export const cooperativeChanged = defineEvent('platform.cooperative.changed', z.object(profile));

/** An act of any context that no other event tells, recorded with it so that the audit trail is whole. */
export const actDone = defineEvent(
  'platform.act.done',
  z.object({
    context: contextName,
    /** Ids of what it touched, by the names the command's answer gives them. */
    subjects: z.record(z.string(), identifier),
    /** True when what was done takes effect only once a second person agrees. */
    waits: z.boolean().optional(),
  }),
);

/** A link was made; whoever mails it finds it by its id. The token itself is in no event. */
export const identityLinkIssued = defineEvent(
  'platform.identity_link.issued',
  z.object({
    linkId: identifier,
    purpose: z.enum(['invitation', 'password_reset', 'email_change', 'email_undo']),
  }),
);

/** An account was tied to a member, who may sign in from now on. */
export const accessGranted = defineEvent(
  'platform.access.granted',
  z.object({ memberId: identifier, loginId: identifier }),
);

/** An account's second factor came, went or got new recovery codes; told in the cooperative it was done from. */
export const secondFactorChanged = defineEvent(
  'platform.second_factor.changed',
  z.object({
    memberId: identifier,
    loginId: identifier,
    change: z.enum(['turned_on', 'turned_off', 'codes_renewed', 'reset']),
    /** Why an administrator took it away; null for what people do themselves. */
    reason: z.string().nullable(),
  }),
);

/** An account has another email, or its old one again; told in every cooperative it belongs to, under the key of the
 * member it is there. Where only the asking was undone, it is told in the cooperative it was done from, without addresses. */
export const accountEmailChanged = definePersonalEvent(
  'platform.account_email.changed',
  z.object({
    memberId: identifier,
    loginId: identifier,
    change: z.enum(['changed', 'undone']),
    /** The address before. */
    previousEmail: z.string().optional(),
    /** The address from now on; absent where the account kept the one it had, and in events of 0.1. */
    email: z.string().optional(),
    /** Keys for programs that went with what was undone. */
    revokedKeyIds: z.array(identifier).optional(),
    /** Webhooks that were stopped with it. */
    stoppedWebhookIds: z.array(identifier).optional(),
  }),
  { of: ['memberId'], texts: [['previousEmail'], ['email']] },
);

/** A cooperative said which roles need a second factor, and from which day. */
export const secondFactorPolicySet = defineEvent(
  'platform.second_factor_policy.set',
  z.object({
    policyId: identifier,
    roles: z.array(z.string()),
    requiredFrom: localDate,
    rationale: z.string(),
  }),
);

/** Somebody came in: a session began. */
export const sessionBegun = defineEvent(
  'platform.session.begun',
  z.object({
    sessionId: identifier,
    loginId: identifier,
    memberId: identifier,
    /** What was asked for last; `switch`: nothing, they came from another cooperative of theirs. */
    by: z.enum(['password', 'code', 'passkey', 'provider', 'switch']),
  }),
);

/** A session ended before its time: signed out, or a token of it was used twice. */
export const sessionEnded = defineEvent(
  'platform.session.ended',
  z.object({ sessionId: identifier, because: z.enum(['signed_out', 'token_reused']) }),
);

/** Somebody was not let in to an account of the cooperative. Who it was, nobody knows. */
export const signInRefused = defineEvent(
  'platform.sign_in.refused',
  z.object({
    loginId: identifier,
    memberId: identifier,
    /** What was wrong. */
    factor: z.enum(['password', 'code']),
    /** True when no further try is looked at for a while. */
    locks: z.boolean(),
    at: z.iso.datetime(),
  }),
);

/** Somebody looked at, or took away, what is not their own: others' capital, statements, files of figures. */
export const dataRead = defineEvent(
  'platform.data.read',
  z.object({
    readId: identifier,
    /** By which acts of the permission matrix it was open to them; empty for a file of what is anybody's. */
    acts: z.array(z.string()),
    /** What was asked for: "member", "statement". */
    asked: z.array(z.string()),
    /** Whose it was, or of what, by id; empty where it was everybody's. */
    subjects: z.array(identifier),
    /** As what it was taken away; null for what was only shown. */
    taken: z.enum(['csv', 'json', 'evidence']).nullable(),
  }),
);

/** Whoever asked for something reminded those who may be the second person. */
export const requestReminded = defineEvent(
  'platform.request.reminded',
  z.object({
    requestId: identifier,
    /** The command that asked: "postTransaction". */
    asked: z.string(),
    /** Of a contribution that waits for reviewers: how their notice names it. */
    contribution: z
      .object({
        memberId: identifier,
        number: z.int(),
        category: z.string(),
        /** The day it has waited since. */
        since: localDate,
        /** True when one of two has signed. */
        signed: z.boolean(),
      })
      .optional(),
  }),
);

/** A second person said no to what somebody asked for; taken back by whoever asked, it is told to nobody. */
export const requestDeclined = definePersonalEvent(
  'platform.request.declined',
  z.object({
    requestId: identifier,
    /** The command that asked: "postTransaction". */
    asked: z.string(),
    /** Who asked. */
    memberId: identifier,
    /** Whom the reason is about: whoever asked, or whose contribution or data it is. */
    aboutMemberId: identifier,
    reason: z.string(),
  }),
  { of: ['aboutMemberId'], texts: [['reason']] },
);

/** Nobody decided in time on what somebody asked for: it is over, and nobody's silence was a yes. */
export const requestExpired = defineEvent(
  'platform.request.expired',
  z.object({
    requestId: identifier,
    /** The command that asked: "postTransaction". */
    asked: z.string(),
    /** Who asked; null for a program. */
    memberId: identifier.nullable(),
    /** The day its time was over, where the cooperative is. */
    expiredOn: localDate,
  }),
);

export const platformEvents = [
  cooperativeCreated,
  cooperativeChanged,
  identityLinkIssued,
  accessGranted,
  accountEmailChanged,
  secondFactorChanged,
  secondFactorPolicySet,
  sessionBegun,
  sessionEnded,
  signInRefused,
  dataRead,
  requestReminded,
  requestDeclined,
  requestExpired,
  actDone,
] as const;
