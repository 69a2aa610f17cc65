// One contribution as a document: what it was, what it is worth, what it did to the books, and its whole history.
import { useTranslations } from 'next-intl';
import { FactList } from '../../components/print/fact-list.tsx';
import { Figure } from '../../components/print/money.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { Status } from '../../components/print/status.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { splitDescription } from '../../lib/sentence.ts';
import type { ContributionDetail } from './contribution.documents.ts';
import { EvidenceList } from '../evidence/evidence-list.tsx';
import { useKindWords } from './kind-words.ts';
import { PeerPanel } from '../peer/peer-panel.tsx';
import { PostingTable } from './posting-table.tsx';
import { Link } from '../../components/link.tsx';

type SheetProps = {
  contribution: ContributionDetail;
  currency: string;
  timeZone: string;
  /** Whether the viewer's role opens the journal its entry stands in. */
  readsJournal: boolean;
};

export function ContributionSheet({ contribution, currency, timeZone, readsJournal }: SheetProps) {
  const { dateLong } = useFormat();
  const t = useTranslations('contribution');
  const words = useKindWords();
  const { name, rest } = splitDescription(contribution.description);
  // A dispute leaves what was posted in the books.
  const isPosted = contribution.status === 'APPLIED' || contribution.transactionId !== null;
  const posting = isPosted ? t('posted') : t('wouldPost');
  return (
    <article className="sheet sheet-ruled px-[18px] py-5 desk:px-7">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 max-w-xl">
          <p className="t-small text-ink-2">
            {t('above', {
              kind: words.kind(contribution.kind),
              date: dateLong(contribution.workedOn),
              number: contribution.number,
            })}
          </p>
          <h1 className="font-serif text-[27px]/[1.2] font-medium">
            {name || words.kind(contribution.kind)}
          </h1>
        </div>
        <div className="text-right">
          {contribution.value ? (
            <Figure
              value={contribution.value}
              currency={currency}
              tone={contribution.status === 'APPLIED' ? 'ink' : 'draft'}
            />
          ) : null}
          <p className="mt-1">
            <Status name={contribution.status} />
          </p>
        </div>
      </div>
      {rest ? <p className="t-body mt-3 max-w-xl">{rest}</p> : null}
      <EvidenceList links={contribution.evidence} files={contribution.evidenceFiles} />
      {contribution.postingProblem ? (
        <div className="mt-4">
          <Notice tone="wait">{contribution.postingProblem}</Notice>
        </div>
      ) : null}
      <div className="mt-5 grid gap-x-12 gap-y-6 border-t border-rule pt-4 desk:grid-cols-2">
        <section aria-labelledby="worth">
          <h2 id="worth" className="t-strong mb-1">
            {t('worth')}
          </h2>
          <WorthFacts contribution={contribution} currency={currency} />
        </section>
        <section aria-labelledby="posting">
          <h2 id="posting" className="t-strong mb-1">
            {posting}
          </h2>
          <PostingTable
            caption={posting}
            lines={contribution.posting}
            member={contribution.member.displayName}
          />
        </section>
      </div>
      <PeerPanel peers={contribution.peers} timeZone={timeZone} />
      <Signatures contribution={contribution} timeZone={timeZone} />
      <HistoryList {...{ contribution, timeZone, readsJournal }} />
    </article>
  );
}

function WorthFacts({ contribution, currency }: { contribution: ContributionDetail; currency: string }) {
  const { rateText, weightText, moneyText } = useFormat();
  const t = useTranslations('contribution');
  const words = useKindWords();
  const lines = [{ key: 'category', label: t('category'), value: contribution.category }];
  const quantity = words.quantity(contribution);
  if (quantity) {
    const from = contribution.originalQuantity
      ? t('from', {
          quantity: words.quantity({ ...contribution, quantity: contribution.originalQuantity }) ?? '',
        })
      : '';
    lines.push({ key: 'quantity', label: t('quantity'), value: `${quantity}${from}` });
  }
  if (contribution.rate) {
    const label = contribution.ruleVersion
      ? t('rateVersion', { version: contribution.ruleVersion })
      : t('rate');
    lines.push({ key: 'rate', label, value: rateText(contribution.rate, currency) });
  }
  if (contribution.weight)
    lines.push({ key: 'weight', label: t('weight'), value: `× ${weightText(contribution.weight)}` });
  if (contribution.costBasis)
    lines.push({ key: 'cost', label: t('cost'), value: moneyText(contribution.costBasis) });
  return <FactList lines={lines} />;
}

export function Signatures({
  contribution,
  timeZone,
}: {
  contribution: Pick<ContributionDetail, 'signatures' | 'signaturesNeeded'>;
  timeZone: string;
}) {
  const { instantText } = useFormat();
  const t = useTranslations('contribution');
  const roles = useTranslations('shell');
  if (contribution.signaturesNeeded < 2) return null;
  const open = Math.max(0, contribution.signaturesNeeded - contribution.signatures.length);
  return (
    <section aria-labelledby="signatures" className="mt-5">
      <h2 id="signatures" className="t-strong">
        {t('twoSignatures')}
      </h2>
      <div className="grid max-w-xl grid-cols-2 gap-5">
        {contribution.signatures.map((signature) => (
          <SignatureLine
            key={signature.at}
            name={signature.by.displayName}
            note={`${roleWord(signature.role, roles)}, ${instantText(signature.at, timeZone)}`}
          />
        ))}
        {Array.from({ length: open }, (_, index) => (
          <SignatureLine key={index} note={t('open')} />
        ))}
      </div>
    </section>
  );
}

export function roleWord(role: string, t: ReturnType<typeof useTranslations<'shell'>>): string {
  const key = `role.${role}` as Parameters<typeof t>[0];
  return t.has(key) ? t(key) : role;
}

type HistoryProps = Pick<SheetProps, 'contribution' | 'timeZone' | 'readsJournal'>;

function HistoryList({ contribution, timeZone, readsJournal }: HistoryProps) {
  const { dateLong, instantText } = useFormat();
  const t = useTranslations('contribution');
  return (
    <section aria-labelledby="history" className="mt-6 border-t border-rule pt-4">
      <h2 id="history" className="t-strong mb-2">
        {t('history')}
      </h2>
      <ol className="t-ui grid gap-1.5">
        {contribution.history.map((step, index) => (
          <li key={index} className="grid grid-cols-[120px_1fr] gap-3">
            <time dateTime={step.at} className="text-ink-2">
              {instantText(step.at, timeZone)}
            </time>
            <span>
              {stepWord(step.act, t)} {step.by ? t('by', { name: step.by.displayName }) : t('bySystem')}
              {step.silentUntil ? (
                <span className="block text-ink-2">{t('silent', { date: dateLong(step.silentUntil) })}</span>
              ) : step.reason ? (
                <span className="block text-ink-2">“{step.reason}”</span>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      {contribution.transactionId && readsJournal ? (
        <p className="t-small mt-3">
          <Link
            href={`/treasury/journal?transaction=${encodeURIComponent(contribution.transactionId)}`}
            className="link"
          >
            {t('entry')}
          </Link>
        </p>
      ) : null}
    </section>
  );
}

/** What was done to a contribution, in a word. */
export function stepWord(act: string, t: ReturnType<typeof useTranslations<'contribution'>>): string {
  const key = `act.${act.toLowerCase()}` as Parameters<typeof t>[0];
  return t.has(key)
    ? t(key)
    : act
        .toLowerCase()
        .replaceAll('_', ' ')
        .replace(/^./, (first) => first.toUpperCase());
}
