// Finds the people of notices: who holds a role now, who may decide on a contribution now, what a rate is. Asked of people
// when a notice is given, so that a role taken away a moment ago counts.
import type { Database } from '@habitat/database';
import type { Role } from '@habitat/kernel';
import { formatDecimal, systemActor } from '@habitat/kernel';
import type { AddressedNotice, Notice } from '@habitat/notifications';
import {
  commentsOf,
  deciders,
  findContributions,
  listRoleHolders,
  listValuationRules,
  peersAskedOf,
  signaturesOf,
  viewerSetting,
} from '@habitat/people';

interface Asked {
  readonly cooperativeId: string;
  readonly now: Date;
}

/** Who is asked: reviewers, or peers while it is with them. */
interface Deciders {
  readonly memberIds: readonly string[];
  readonly peers: boolean;
  /** True when too few peers could be asked the moment it was submitted: that is told, and not the submission besides. */
  readonly escalatedAtOnce: boolean;
}

/** Who may decide on each of these contributions, peers where it is with them; one that is decided has nobody left. */
async function decidersOf(
  database: Database,
  { cooperativeId, now }: Asked,
  ids: readonly string[],
): Promise<Map<string, Deciders>> {
  if (ids.length === 0) return new Map();
  const [contributions, withPeers, signatures, setting] = await Promise.all([
    findContributions(database, cooperativeId, ids),
    peersAskedOf(database, { cooperativeId, now }, ids),
    signaturesOf(database, cooperativeId, ids),
    viewerSetting(database, { cooperativeId, actor: systemActor(cooperativeId), now }),
  ]);
  const waiting = contributions.filter(({ status }) => status === 'submitted');
  return new Map(
    waiting.map((contribution): [string, Deciders] => {
      const { contributionId, submittedAt, peersEndedAt } = contribution;
      const escalatedAtOnce =
        contribution.peerState === 'no_eligible' && peersEndedAt?.getTime() === submittedAt?.getTime();
      const asked = withPeers.get(contributionId);
      if (asked !== undefined) return [contributionId, { memberIds: asked, peers: true, escalatedAtOnce }];
      const given = signatures.filter((one) => one.contributionId === contributionId);
      const able = deciders(contribution, given, setting).map(({ memberId }) => memberId);
      const memberIds = able.filter((id) => !given.some((one) => one.approverMemberId === id));
      return [contributionId, { memberIds, peers: false, escalatedAtOnce }];
    }),
  );
}

async function holdersOf(
  database: Database,
  { cooperativeId, now }: Asked,
  notices: readonly Notice[],
): Promise<(roles: readonly Role[]) => string[]> {
  const roles = notices.flatMap(({ audience }) => (audience.to === 'roles' ? audience.roles : []));
  if (roles.length === 0) return () => [];
  const holders = await listRoleHolders(database, { cooperativeId, roles: [...new Set(roles)], now });
  return (wanted) =>
    holders.filter((one) => one.roles.some((role) => wanted.includes(role))).map(({ memberId }) => memberId);
}

/** A rate with what it says; one for a single member is nobody else's business. */
async function withRates(
  database: Database,
  { cooperativeId }: Asked,
  notices: readonly Notice[],
): Promise<Notice[]> {
  if (!notices.some(({ kind }) => kind === 'rate_change')) return [...notices];
  const rules = new Map(
    (await listValuationRules(database, cooperativeId, null)).map((rule) => [rule.ruleId, rule]),
  );
  return notices.flatMap((notice) => {
    if (notice.kind !== 'rate_change') return notice;
    const rule = notice.subjectId === null ? undefined : rules.get(notice.subjectId);
    if (rule === undefined || !rule.inForce) return [];
    const rate = rule.rate === null ? { what: 'rule' } : { rate: formatDecimal(rule.rate) };
    const facts = { category: rule.category ?? rule.kind, day: rule.effectiveFrom, ...rate };
    const audience =
      rule.memberId === null ? notice.audience : ({ to: 'members', memberIds: [rule.memberId] } as const);
    return { ...notice, facts, audience };
  });
}

/** What a remark is about, and who takes part in what is said there. */
async function withThreads(
  database: Database,
  { cooperativeId }: Asked,
  notices: readonly Notice[],
): Promise<Notice[]> {
  const ids = notices.flatMap(({ audience }) => (audience.to === 'thread' ? audience.contributionId : []));
  if (ids.length === 0) return [...notices];
  const [contributions, signatures, comments] = await Promise.all([
    findContributions(database, cooperativeId, ids),
    signaturesOf(database, cooperativeId, ids),
    commentsOf(database, cooperativeId, ids),
  ]);
  return notices.flatMap((notice) => {
    const { audience } = notice;
    if (audience.to !== 'thread') return notice;
    const about = contributions.find(({ contributionId }) => contributionId === audience.contributionId);
    if (about === undefined) return [];
    const isHere = (one: { contributionId: string }) => one.contributionId === about.contributionId;
    const memberIds = [
      about.memberId,
      ...signatures.filter(isHere).map(({ approverMemberId }) => approverMemberId),
      ...comments.filter(isHere).flatMap(({ byMemberId }) => byMemberId ?? []),
    ];
    const facts = { number: String(about.number), category: about.category };
    return { ...notice, facts, audience: { to: 'members', memberIds: [...new Set(memberIds)] } as const };
  });
}

/** The notices with their people; one that concerns nobody is left out. */
export async function addressNotices(
  database: Database,
  cooperativeId: string,
  told: readonly Notice[],
  now: Date,
): Promise<AddressedNotice[]> {
  const asked = { cooperativeId, now };
  const notices = await withThreads(database, asked, await withRates(database, asked, told));
  const open = notices.flatMap(({ audience }) => (audience.to === 'deciders' ? audience.contributionId : []));
  const [able, holding] = await Promise.all([
    decidersOf(database, asked, open),
    holdersOf(database, asked, notices),
  ]);
  return notices.flatMap(({ audience, ...notice }): AddressedNotice[] => {
    if (audience.to === 'deciders') {
      const { memberIds = [], peers, escalatedAtOnce } = able.get(audience.contributionId) ?? {};
      if (escalatedAtOnce && notice.kind === 'contribution_submitted') return [];
      const kind = peers && notice.kind === 'contribution_submitted' ? 'peer_asked' : notice.kind;
      return memberIds.length === 0 ? [] : [{ ...notice, kind, memberIds }];
    }
    const named = audience.to === 'thread' ? [] : (audience.memberIds ?? []);
    const memberIds = audience.to === 'roles' ? [...holding(audience.roles), ...named] : named;
    return memberIds.length === 0 ? [] : [{ ...notice, memberIds }];
  });
}
