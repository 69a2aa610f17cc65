// Looser approval rules that wait for a second administrator: what they would be, and two lines to sign on; and a word
// where there is no second one.
import { useTranslations } from 'next-intl';
import { Notice } from '../../../components/state/notice.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { WaitingChange } from '../waiting-change.tsx';
import { ApprovalLines, PeerLines, useReach } from './approval-facts.tsx';
import { decideApprovalRules } from './policy.actions.ts';
import type { ApprovalFormRoom, ApprovalRequest, ApprovalRoom } from './policy.documents.ts';
import { Link } from '../../../components/link.tsx';

export function WaitingRules({ request, room }: { request: ApprovalRequest; room: ApprovalRoom }) {
  const t = useTranslations('settings.approval.waits');
  const { dateLong } = useFormat();
  const { policy, rule } = request;
  const sign = request.viewerMay.includes('approve');
  const decline = request.viewerMay.includes('decline');
  return (
    <WaitingChange
      id={`waits-${request.id}`}
      title={policy ? t('policy') : t('rule')}
      text={policy?.effectiveOn ? t('text', { date: dateLong(policy.effectiveOn) }) : t('ruleText')}
      set={request}
      openNote={t('openNote')}
      may={{ sign, decline }}
      {...(decline && !sign ? { declineLabel: t('takeBack') } : {})}
      viewer={room.me.displayName}
      timeZone={room.cooperative.timeZone}
      act={decideApprovalRules}
      about={{ requestId: request.id }}
      returnTo="/settings/approval"
    >
      {policy ? (
        <div className="max-w-md">
          <ApprovalLines policy={policy} currency={room.cooperative.currency} />
          {policy.peerRules.length > 0 ? <PeerLines rules={policy.peerRules} /> : null}
        </div>
      ) : null}
      {rule ? <RuleLine rule={rule} /> : null}
    </WaitingChange>
  );
}

function RuleLine({ rule }: { rule: NonNullable<ApprovalRequest['rule']> }) {
  const t = useTranslations('settings.approval');
  const { quantityText } = useFormat();
  const what = useReach();
  return (
    <p className="t-strong">
      {t('ruleText', { what: what(rule), most: quantityText(rule.maxQuantityPerWeek) })}
      {rule.verifiedSourceOnly ? ` · ${t('verified')}` : null}
    </p>
  );
}

/** Said to whoever sets the rules alone: nobody could agree to looser ones. */
export function AloneNotice({ room }: { room: Pick<ApprovalFormRoom, 'me' | 'cooperative'> }) {
  const t = useTranslations('settings.approval');
  const { me, cooperative } = room;
  if (cooperative.hasSecondAdministrator || !me.acts.includes('policy.manage')) return null;
  return (
    <div className="mb-7 max-w-2xl">
      <Notice tone="wait">
        {t.rich('alone', {
          members: (words) => (
            <Link href="/members" className="link">
              {words}
            </Link>
          ),
        })}
      </Notice>
    </div>
  );
}
