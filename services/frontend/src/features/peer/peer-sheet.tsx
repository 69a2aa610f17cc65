// One contribution of a colleague that waits for the viewer's word: what it was and what shows it, how far its peers have
// come, and the two things there are to say. Neither its value nor anything else of the colleague's stands here.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { AreaField } from '../../components/control/page-field.tsx';
import { PageForm } from '../../components/control/page-form.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { splitDescription } from '../../lib/sentence.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import { EvidenceList } from '../evidence/evidence-list.tsx';
import { objectAsPeer, validateAsPeer } from './peer.actions.ts';
import type { PeerItem } from './peer.documents.ts';
import { usePeerProgress } from './peer-progress.ts';

export function PeerSheet({ item, currency }: { item: PeerItem; currency: string }) {
  const t = useTranslations('peers');
  const { dateLong, moneyText } = useFormat();
  const words = useKindWords();
  const progress = usePeerProgress();
  const { name, rest } = splitDescription(item.description);
  const money = item.unit === 'money' ? moneyText(item.quantity, { currency }) : null;
  const declared = item.declaredValue
    ? t('declared', { value: moneyText(item.declaredValue, { currency }) })
    : null;
  const given = [words.quantity(item) ?? money, words.work(item.kind, item.category), declared];
  const common = { returnTo: '/peers', about: { contributionId: item.id } };
  return (
    <article
      aria-labelledby={`item-${item.number}`}
      className="sheet sheet-ruled mb-7 max-w-3xl px-[18px] py-5 desk:px-7"
    >
      <p className="t-small text-ink-2">
        {t('above', { name: item.member.displayName, date: dateLong(item.workedOn), number: item.number })}
      </p>
      <h2 id={`item-${item.number}`} className="t-head mt-1">
        {name || words.kind(item.kind)}
      </h2>
      {rest ? <p className="t-body mt-2">{rest}</p> : null}
      <p className="t-strong mt-2">{given.filter(Boolean).join(' · ')}</p>
      <EvidenceList links={item.evidence} files={item.evidenceFiles} />
      <p className="t-ui mt-4 border-t border-rule pt-3 text-ink-2">{progress(item)}</p>
      <div className="mt-4 grid gap-3">
        <PageForm
          {...common}
          form={`yes-${item.number}`}
          act={validateAsPeer}
          actionKey={randomUUID()}
          label={t('validate')}
        />
        <PageForm
          {...common}
          form={`no-${item.number}`}
          fold={{ label: t('object'), tone: 'stop' }}
          act={objectAsPeer}
          actionKey={randomUUID()}
          label={t('objectAct')}
          tone="stop"
        >
          <AreaField name="reason" label={t('reason')} hint={t('reasonHint')} required />
        </PageForm>
      </div>
    </article>
  );
}
