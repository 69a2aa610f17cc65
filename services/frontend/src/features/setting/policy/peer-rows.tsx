// The rows of the approval form that say what peers validate: how many, within which days, and what follows.
import { useTranslations } from 'next-intl';
import { CellField, CellSelect } from '../../../components/control/cell-field.tsx';
import { kinds } from '../../contribution/kind.ts';
import { roleWord } from '../../contribution/contribution-sheet.tsx';
import type { ApprovalFormRoom } from './policy.documents.ts';

const TIMEOUTS = ['ESCALATE', 'APPROVE', 'REJECT'] as const;
const ROLES = ['reviewer', 'treasurer', 'allocator', 'administrator', 'board_member'] as const;

export function PeerRows({ rules }: { rules: ApprovalFormRoom['approvalPolicy']['peerRules'] }) {
  const t = useTranslations('settings.approval.peers');
  return (
    <fieldset>
      <legend className="t-strong mb-1">{t('title')}</legend>
      <p className="t-small mb-2 max-w-3xl text-ink-2">{t('hint')}</p>
      <div className="grid gap-4">
        {[...rules, null].map((rule, index) => (
          <PeerRow key={index} rule={rule} index={index} />
        ))}
      </div>
    </fieldset>
  );
}

type Rule = ApprovalFormRoom['approvalPolicy']['peerRules'][number];

function PeerRow({ rule, index }: { rule: Rule | null; index: number }) {
  const t = useTranslations('settings.approval.peers');
  const s = useTranslations('settings.form');
  const kind = useTranslations('kind');
  const roles = useTranslations('shell');
  const name = (column: string) => `peers.${index}.${column}`;
  const row = index + 1;
  return (
    <div className="grid gap-2.5 border-b border-rule pb-4 desk:grid-cols-[1.2fr_1fr_80px_80px_1.4fr_1.2fr_1.2fr]">
      <CellSelect
        name={name('kind')}
        label={t('kindRow', { row })}
        value={rule?.kind ?? ''}
        choices={[{ value: '', label: s('all') }, ...kinds.map((one) => ({ value: one, label: kind(one) }))]}
      />
      <CellField
        name={name('category')}
        label={t('categoryRow', { row })}
        placeholder={s('category')}
        value={rule?.category ?? ''}
      />
      <CellField
        name={name('peers')}
        label={t('peersRow', { row })}
        placeholder={t('count')}
        value={rule ? String(rule.peers) : ''}
        inputMode="numeric"
      />
      <CellField
        name={name('days')}
        label={t('daysRow', { row })}
        placeholder={t('days')}
        value={rule ? String(rule.days) : ''}
        inputMode="numeric"
      />
      <CellSelect
        name={name('onTimeout')}
        label={t('timeoutRow', { row })}
        value={rule?.onTimeout ?? 'ESCALATE'}
        choices={TIMEOUTS.map((one) => ({ value: one, label: t(`then.${one}`) }))}
      />
      <CellSelect
        name={name('role')}
        label={t('roleRow', { row })}
        value={rule?.role ?? ''}
        choices={[
          { value: '', label: t('everyRole') },
          ...ROLES.map((one) => ({ value: one, label: roleWord(one, roles) })),
        ]}
      />
      <CellSelect
        name={name('sameClass')}
        label={t('classRow', { row })}
        value={rule?.sameClass ? 'same' : ''}
        choices={[
          { value: '', label: t('everyClass') },
          { value: 'same', label: t('ownClass') },
        ]}
      />
    </div>
  );
}
