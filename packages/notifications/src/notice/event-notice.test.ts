// What events make people be told of: the table of kinds, on the golden samples of the contracts.
import { readFileSync } from 'node:fs';
import type { Envelope } from '@habitat/events';
import { envelopeSchema } from '@habitat/events';
import { expect, test } from 'vitest';
import { noticeOf, noticedTypes } from './event-notice.ts';
import { noticeKinds } from './kind.ts';
import { placeOf } from './notice.ts';
import { en } from '../words/en.ts';
import { es } from '../words/es.ts';
import { sentenceOf } from '../words/sentence.ts';

function sample(type: string, payload: object = {}): Envelope {
  const file = new URL(`../../../events/samples/${type}.json`, import.meta.url);
  const event = envelopeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return { ...event, payload: { ...event.payload, ...payload } };
}
const ownerOf = (event: Envelope) => String(event.payload['memberId']);

test.each([
  ['people.contribution.valued', {}, 'contribution_approved'],
  ['people.contribution.valued', { adjusted: true }, 'contribution_adjusted'],
  ['people.contribution.applied', {}, 'contribution_posted'],
  ['people.contribution.rejected', {}, 'contribution_rejected'],
  ['people.contribution.clarification', { open: true }, 'contribution_question'],
  ['people.contribution.resolved', {}, 'dispute_settled'],
  ['agreements.statement.ready', {}, 'statement_ready'],
  ['agreements.distribution.scheduled', {}, 'distribution_scheduled'],
  ['agreements.distribution.paid', {}, 'distribution_paid'],
  ['agreements.distribution.voided', {}, 'distribution_failed'],
])('%s %j is told to the member it concerns, as %s', (type, payload, kind) => {
  const event = sample(type, payload);
  expect(noticeOf(event, null)).toMatchObject({
    kind,
    audience: { to: 'members', memberIds: [ownerOf(event)] },
    source: event.id,
  });
});

test.each([
  ['people.contribution.submitted', {}, 'contribution_submitted'],
  ['people.contribution.clarification', { open: false }, 'contribution_answered'],
  ['people.contribution.signed', {}, 'second_person'],
])('%s %j is told to those who may decide, as %s', (type, payload, kind) => {
  const event = sample(type, payload);
  expect(noticeOf(event, null)).toMatchObject({
    kind,
    audience: { to: 'deciders', contributionId: event.payload['contributionId'] },
  });
});

test('a rejection by the silence of peers is said in the reader’s words, not in the English that is kept', () => {
  const event = sample('people.contribution.rejected', { silentUntil: '2026-09-24' });
  const facts = noticeOf(event, null)?.facts;
  expect(facts).toMatchObject({ what: 'silent', day: '2026-09-24' });
  expect(facts).not.toHaveProperty('reason');
});

test('a change of where a member is paid is told to them although they did it', () => {
  const event = sample('agreements.payout_account.changed');
  expect(noticeOf(event, 'setPayoutAccount')).toMatchObject({
    kind: 'payout_account',
    audience: { to: 'members', memberIds: [ownerOf(event)] },
    byMemberId: null,
  });
});

test('a no is told to whoever asked, with its reason as it is kept', () => {
  const event = sample('platform.request.declined');
  expect(noticeOf(event, 'declineRequest')).toMatchObject({
    kind: 'request_declined',
    audience: { to: 'members', memberIds: [ownerOf(event)] },
    facts: { what: 'postTransaction', reason: event.payload['reason'] },
    byMemberId: event.actor.memberId,
  });
});

test('what expired is told to whoever asked, also when they ask anew, and to those who might have decided', () => {
  const event = sample('platform.request.expired', { asked: 'requestReopen' });
  expect(noticeOf(event, 'requestReopen')).toMatchObject({
    kind: 'second_person',
    audience: { to: 'roles', roles: ['board_member'], memberIds: [ownerOf(event)] },
    facts: { what: 'expired', day: event.payload['expiredOn'], ownerId: ownerOf(event) },
    byMemberId: null,
  });
});

test('a proposal is told to those who may approve it', () => {
  expect(noticeOf(sample('agreements.allocation.proposed'), null)).toMatchObject({
    kind: 'second_person',
    audience: { to: 'roles', roles: ['administrator', 'board_member'] },
  });
});

test.each([
  ['postTransaction', {}, ['treasurer', 'administrator']],
  ['requestReopen', {}, ['board_member']],
  ['calculateDistribution', {}, ['allocator']],
  ['setWeights', { waits: true }, ['administrator', 'board_member']],
  ['setValuationRule', { waits: true }, ['administrator']],
])('%s, told as done, waits for a second person', (command, payload, roles) => {
  expect(noticeOf(sample('platform.act.done', payload), command)).toMatchObject({
    kind: 'second_person',
    audience: { to: 'roles', roles },
    facts: { what: command },
  });
});

test('an act that waits for nobody tells nobody', () => {
  const done = sample('platform.act.done');
  for (const command of ['setWeights', 'changePreferences', null]) expect(noticeOf(done, command)).toBeNull();
});

test('a remark is told to those who take part in what is said there', () => {
  const contributionId = '01a1ffdb-0e41-7483-aae5-129706b91e99';
  const done = sample('platform.act.done', { subjects: { contributionId } });
  expect(noticeOf(done, 'commentOnContribution')).toMatchObject({
    kind: 'contribution_remark',
    audience: { to: 'thread', contributionId },
  });
});

test('a role given or taken is told to administrators', () => {
  expect(noticeOf(sample('platform.act.done'), 'assignRole')).toMatchObject({
    kind: 'security',
    audience: { to: 'roles', roles: ['administrator'] },
  });
});

test('every type that is listened to makes a notice from its sample', () => {
  for (const type of noticedTypes) expect(noticeOf(sample(type), 'assignRole')).not.toBeNull();
});

const telling = { currency: 'USD', currencyDigits: 2, nameOf: () => 'Alice' } as const;

test('every kind has a place and words in both languages that name nothing twice or not at all', () => {
  for (const kind of noticeKinds) {
    expect(placeOf(kind, null)).toMatch(/^\//);
    for (const language of ['en', 'es'] as const)
      expect(sentenceOf({ kind, byMemberId: null, facts: {} }, { ...telling, language })).not.toBe('');
  }
  const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const [name, text] of Object.entries(en))
    expect(blanks(es[name as keyof typeof en])).toEqual(blanks(text));
});

test('amounts and days are printed exactly, in the reader’s language', () => {
  const facts = { amountMinor: '123456789012345678', day: '2026-12-01' };
  const say = (language: 'en' | 'es') =>
    sentenceOf({ kind: 'distribution_paid', byMemberId: null, facts }, { ...telling, language });
  expect(say('en')).toBe('$1,234,567,890,123,456.78 was paid to you on December 1, 2026.');
  expect(say('es')).toContain('1 de diciembre de 2026');
});

test('a rate of every category of a kind is told in the reader’s word for the kind', () => {
  const facts = { what: 'rule', category: 'in_kind', day: '2026-10-01' };
  const say = (language: 'en' | 'es', category = 'in_kind') =>
    sentenceOf(
      { kind: 'rate_change', byMemberId: null, facts: { ...facts, category } },
      { ...telling, language },
    );
  expect(say('en')).toContain('The way of valuing things in kind changes on October 1, 2026.');
  expect(say('es')).toContain('aportaciones en especie');
  expect(say('es', 'Open days')).toContain('Open days');
});

test.each([
  [false, 'contribution_stale', undefined],
  [true, 'second_person', 'contribution'],
] as const)(
  'a reminder of a contribution (signed: %s) tells those who may decide it now, as %s',
  (signed, kind, what) => {
    const contribution = {
      memberId: ownerOf(sample('people.contribution.signed')),
      number: 7,
      category: 'field',
    };
    const event = sample('platform.request.reminded', {
      asked: 'submitContribution',
      contribution: { ...contribution, since: '2026-11-02', signed },
    });
    const notice = noticeOf(event, 'remindOfRequest');
    expect(notice).toMatchObject({
      kind,
      audience: { to: 'deciders', contributionId: event.payload['requestId'] },
      facts: { number: '7', category: 'field', day: '2026-11-02', ownerId: contribution.memberId },
      byMemberId: event.actor.memberId,
    });
    expect(notice?.facts['what']).toBe(what);
  },
);

test('a reminder of a proposed allocation says what its proposal said', () => {
  const event = sample('platform.request.reminded', { asked: 'proposeAllocation' });
  expect(noticeOf(event, 'remindOfRequest')).toMatchObject({
    kind: 'second_person',
    audience: { to: 'roles', roles: ['administrator', 'board_member'] },
    facts: { what: 'allocation' },
  });
});

test('a reminder tells those who may be the second person, and not whoever sends it, what they were told at first', () => {
  const event = sample('platform.request.reminded', { asked: 'lockPeriod' });
  expect(noticeOf(event, 'remindOfRequest')).toMatchObject({
    kind: 'second_person',
    audience: { to: 'roles', roles: ['administrator'] },
    facts: { what: 'lockPeriod' },
    byMemberId: event.actor.memberId,
    source: event.id,
  });
});
