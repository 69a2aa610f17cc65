// Who decides what, and what needs nobody.
import { useTranslations } from 'next-intl';
import { FactList } from '../../../components/print/fact-list.tsx';
import { Section } from '../../../components/print/section.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { roleWord } from '../../contribution/contribution-sheet.tsx';
import { useKindWords } from '../../contribution/kind-words.ts';
import type { ApprovalRoom } from './policy.documents.ts';

type Policy = ApprovalRoom['approvalPolicy'];
type Lines = Pick<
  Policy,
  'twoApproversFrom' | 'inKindTwoApproversFrom' | 'staleDays' | 'secondPersonDays' | 'fallback'
>;

export function ApprovalLines({ policy, currency }: { policy: Lines; currency: string }) {
  const { moneyText } = useFormat();
  const money = (value: string) => moneyText(value, { currency });
  const t = useTranslations('settings.approval');
  return (
    <FactList
      lines={[
        { key: 'two', label: t('two'), value: money(policy.twoApproversFrom) },
        { key: 'kind', label: t('inKind'), value: money(policy.inKindTwoApproversFrom) },
        { key: 'stale', label: t('stale'), value: t('staleValue', { days: policy.staleDays }) },
        {
          key: 'second',
          label: t('second'),
          value: t('secondValue', { days: policy.secondPersonDays }),
        },
        { key: 'fallback', label: t('fallback'), value: policy.fallback?.displayName ?? t('noFallback') },
      ]}
    />
  );
}

export function Routes({ policy }: { policy: Policy }) {
  const t = useTranslations('settings.approval');
  const what = useReach();
  return (
    <Section title={t('routes')} id="routes">
      {policy.routes.length === 0 ? <p className="t-body text-ink-2">{t('noRoutes')}</p> : null}
      <ul>
        {policy.routes.map((route) => (
          <li key={`${route.kind ?? ''}${route.category ?? ''}`} className="t-ui border-b border-rule py-2">
            {t('route', { what: what(route), approver: route.approver.displayName })}
            {route.backup ? (
              <span className="t-small block text-ink-2">
                {t('backup', { days: route.withinDays, name: route.backup.displayName })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function PeerRules({ rules }: { rules: Policy['peerRules'] }) {
  const t = useTranslations('settings.approval.peers');
  return (
    <Section title={t('title')} id="peers">
      {rules.length === 0 ? <p className="t-body text-ink-2">{t('none')}</p> : <PeerLines rules={rules} />}
    </Section>
  );
}

/** What peers validate, a line for each rule. */
export function PeerLines({ rules }: { rules: Policy['peerRules'] }) {
  const t = useTranslations('settings.approval.peers');
  const roles = useTranslations('shell');
  const what = useReach();
  return (
    <ul>
      {rules.map((rule, index) => {
        const then = t(`then.${rule.onTimeout}`);
        const among = [
          rule.role ? t('role', { role: roleWord(rule.role, roles) }) : null,
          rule.sameClass ? t('sameClass') : null,
        ].filter(Boolean);
        return (
          <li key={index} className="t-ui border-b border-rule py-2">
            {t('rule', { what: what(rule), peers: rule.peers, days: rule.days, then })}
            {among.length > 0 ? <span className="t-small block text-ink-2">{among.join(' · ')}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}

export function AutomaticRules({ policy }: { policy: Policy }) {
  const t = useTranslations('settings.approval');
  const { quantityText } = useFormat();
  const what = useReach();
  return (
    <Section title={t('automatic')} id="automatic">
      <p className="t-small mb-2 text-ink-2">{t('automaticText')}</p>
      {policy.autoApprovalRules.length === 0 ? <p className="t-body">{t('noAutomatic')}</p> : null}
      <ul>
        {policy.autoApprovalRules.map((rule) => (
          <li key={rule.id} className="t-ui border-b border-rule py-2">
            {t('ruleText', { what: what(rule), most: quantityText(rule.maxQuantityPerWeek) })}
            <span className="t-small block text-ink-2">
              {[rule.verifiedSourceOnly ? t('verified') : null, rule.active ? null : t('off')]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** "Labor, Gardening", or everything. */
export function useReach() {
  const t = useTranslations('settings.approval');
  const { kind } = useKindWords();
  return (one: { kind: string | null; category: string | null }) =>
    [one.kind ? kind(one.kind) : null, one.category].filter(Boolean).join(', ') || t('everything');
}
