// Who a member is here: profile, standing, offices, preferences, where they are signed in, what they were told, and the
// entries of the audit trail about them or by them.
import { listAuditTrail } from '@habitat/messaging';
import type { Notification } from '@habitat/notifications';
import { listNotifications, listPreferences, sentenceOf } from '@habitat/notifications';
import { endedAssignmentsOf, findMembers, memberSteps, roleAssignmentsOf } from '@habitat/people';
import { findPreferences, listIdentities, listOwnSessions, listPasskeys } from '@habitat/platform';
import type { SealedEntry } from '@habitat/audit';
import type { Part } from './part.ts';
import { csvPart, jsonPart } from './part.ts';
import type { OwnDataParts } from './own-data.ts';

const PAGE = 500;

async function profilePart(own: OwnDataParts): Promise<Part> {
  const { database, viewer, by, money } = own;
  const { cooperativeId, memberId, loginId } = viewer.actor;
  const query = { cooperativeId, memberIds: [memberId] };
  const [[member], steps, held, ended, preferences, kinds, passkeys, identities] = await Promise.all([
    findMembers(database, cooperativeId, [memberId]),
    memberSteps(database, cooperativeId, [memberId]),
    roleAssignmentsOf(database, query),
    endedAssignmentsOf(database, query),
    findPreferences(database, loginId),
    listPreferences(database, { cooperativeId, memberId }),
    listPasskeys(database, loginId),
    listIdentities(database, loginId),
  ]);
  const offices = [...(held.get(memberId) ?? []), ...ended];
  return jsonPart('profile.json', {
    cooperative: viewer.cooperative.name,
    account: { email: viewer.email, name: viewer.displayName, preferences },
    member: member && {
      ...{ number: member.number, displayName: member.displayName, legalName: member.legalName },
      ...{ email: member.email, status: member.status, class: member.class, joinedOn: member.joinedOn },
      deficitRestorationObligation: money(member.droMinor),
    },
    standing: steps.map(({ act, from, to, reason, byMemberId, at }) => ({
      act,
      from,
      to,
      reason,
      by: by(byMemberId),
      at,
    })),
    roles: offices.map(({ role, reason, reasonCode, grantedAt, expiresOn }) => ({
      role,
      reason,
      reasonCode,
      grantedAt,
      expiresOn,
    })),
    notices: kinds,
    passkeys: passkeys.map(({ name, createdAt, lastUsedAt }) => ({ name, createdAt, lastUsedAt })),
    identities: identities.map(({ shownAs, linkedAt, lastUsedAt }) => ({ shownAs, linkedAt, lastUsedAt })),
  });
}

async function noticesPart({ database, viewer, language }: OwnDataParts): Promise<Part> {
  const { cooperativeId, memberId } = viewer.actor;
  const { currency, currencyDigits } = viewer.cooperative;
  const all: Notification[] = [];
  for (let after: readonly string[] | null = null; ;) {
    const query = { unreadOnly: false, limit: PAGE, after };
    const page = await listNotifications(database, { cooperativeId, memberId }, query);
    all.push(...page);
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) break;
    after = [last.at.toISOString(), last.id];
  }
  // Whose doing it was is theirs.
  const telling = { language, currency, currencyDigits, nameOf: () => undefined };
  return csvPart(
    'notices.csv',
    ['at', 'kind', 'notice', 'read at'],
    all.map((notice) => [notice.at, notice.kind, sentenceOf(notice, telling), notice.readAt]),
  );
}

async function auditPart({ database, viewer, by }: OwnDataParts): Promise<Part> {
  const { cooperativeId, memberId } = viewer.actor;
  const found = new Map<number, SealedEntry>();
  for (const filter of [{ actorMemberId: memberId }, { subjectId: memberId }]) {
    for (let before: number | null = null; ;) {
      const page = await listAuditTrail(database, cooperativeId, { ...filter, limit: PAGE, before });
      for (const sealed of page) found.set(sealed.sequence, sealed);
      const last = page.at(-1);
      if (page.length < PAGE || last === undefined) break;
      before = last.sequence;
    }
  }
  const entries = [...found.values()].sort((a, b) => a.sequence - b.sequence);
  return csvPart(
    'audit.csv',
    ['entry', 'recorded at', 'what', 'act', 'by', 'session', 'hash'],
    entries.map(({ sequence, hash, entry }) => {
      const isOwn = entry.actorMemberId === memberId;
      return [
        ...[sequence, entry.recordedAt, entry.type, entry.command, by(entry.actorMemberId)],
        ...[isOwn ? entry.sessionId : null, hash],
      ];
    }),
  );
}

export async function* accountParts(own: OwnDataParts): AsyncGenerator<Part> {
  const { database, viewer, now } = own;
  const { cooperativeId, loginId } = viewer.actor;
  yield await profilePart(own);
  const sessions = await listOwnSessions(database, { cooperativeId, loginId, now });
  yield csvPart(
    'sessions.csv',
    ['since', 'last seen', 'device'],
    sessions.map(({ startedAt, lastSeenAt, device }) => [startedAt, lastSeenAt, device]),
  );
  yield await noticesPart(own);
  yield await auditPart(own);
}
