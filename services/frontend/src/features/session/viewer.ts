// Who the frame of a screen speaks of: a name, a role, the places it opens, what waits there, and where else they belong. Where the server could not
// be asked it offers what everybody has, and the page itself says what is wrong.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ownPlaces, sharedPlaces } from '../../components/shell/navigation.ts';
import { readForFrame } from '../../lib/api/request.ts';
import { mainRole } from './main-role.ts';
import { shellDocument } from './session.documents.ts';

const nothingWaits = { approvals: 0, peers: 0, close: 0, distributions: 0 };

export async function viewerOfFrame() {
  const answer = await readForFrame(shellDocument);
  const t = await getTranslations('shell');
  const me = answer.ok ? answer.data.me : null;
  const acts: readonly string[] = me?.acts ?? [];
  const counts = me?.counts ?? nothingWaits;
  return {
    cooperative: me?.cooperative.name ?? t('subject'),
    elsewhere: (me?.memberships ?? []).filter(({ current }) => !current),
    name: me?.displayName ?? '',
    role: me ? t(`role.${mainRole(me.roles)}`) : '',
    counts,
    unread: me?.unreadNotifications ?? 0,
    waiting: counts.approvals + counts.peers + counts.close + counts.distributions,
    own: ownPlaces(me !== null && (me.isPeer || counts.peers > 0)),
    places: sharedPlaces(acts),
    singleKeys: me?.preferences.singleKeyShortcuts ?? true,
    mayLog: acts.includes('contribution.log_own'),
    mayApprove: acts.includes('contribution.approve'),
  };
}
