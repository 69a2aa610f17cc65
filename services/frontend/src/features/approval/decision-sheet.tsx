// The open item: what was given and its proof, what approving does to the books, the member's year, who has signed, and
// what has been said. The acts are fixed below it.
import { useTranslations } from 'next-intl';
import { ButtonLink, Kbd } from '../../components/control/button.tsx';
import { Status } from '../../components/print/status.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { Figure, Money } from '../../components/print/money.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { firstName } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { differenceOf, isNothing } from '../../lib/amount.ts';
import { firstSentence, splitDescription } from '../../lib/sentence.ts';
import { roleWord } from '../contribution/contribution-sheet.tsx';
import { Conversation } from '../contribution/conversation.tsx';
import { EvidenceList } from '../evidence/evidence-list.tsx';
import { useKindWords } from '../contribution/kind-words.ts';
import { PostingTable } from '../contribution/posting-table.tsx';
import { WriteComment } from '../contribution/write-comment.tsx';
import { ReminderPart } from '../reminder/reminder-part.tsx';
import type { Decision } from './approval.documents.ts';
import { DecisionActs } from './decision-acts.tsx';
import { TurnPanel } from './turn-panel.tsx';
import { Link } from '../../components/link.tsx';

type DecisionSheetProps = {
  item: Decision;
  viewer: { name: string; role: string; memberId: string | null };
  currency: string;
  timeZone: string;
  /** The value from which two sign what is of this kind. */
  twoFrom: string;
  /** What follows in the queue. */
  next: string;
  keys: { approve: string; adjust: string; ask: string; reject: string; comment: string; remind: string };
};

export function DecisionSheet(props: DecisionSheetProps) {
  const { item, viewer, currency, timeZone, next, keys } = props;
  const t = useTranslations('approvals');
  return (
    <article className="flex h-full flex-col" aria-labelledby="item-title">
      <div className="min-h-0 flex-1 overflow-y-auto px-[18px] pt-4 pb-10 desk:px-[30px]">
        <p className="mb-3 desk:hidden">
          <Link href="/approvals" className="link t-ui">
            {t('back')}
          </Link>
        </p>
        <Decided item={item} memberId={viewer.memberId} next={next} />
        <DecisionHead item={item} currency={currency} />
        <div className="mt-4 grid gap-x-6 gap-y-6 border-t border-rule pt-4 wide:grid-cols-[minmax(0,1fr)_232px]">
          <div>
            <h3 className="t-strong mb-1">{t('ifApproved')}</h3>
            <PostingTable caption={t('ifApproved')} lines={item.posting} member={item.member.displayName} />
            <Consequences item={item} currency={currency} />
            {item.late ? <p className="t-small mt-2 text-wait">{t('late')}</p> : null}
            <SignatureBlock {...props} />
            <ReminderPart reminder={item.reminder} actionKey={keys.remind} returnTo="/approvals" />
          </div>
          <div>
            <TurnPanel turn={item.turn} />
            <MemberYearPanel item={item} currency={currency} />
          </div>
        </div>
        <section aria-labelledby="conversation" className="mt-6 border-t border-rule pt-4">
          <h3 id="conversation" className="t-strong mb-2">
            {t('conversation')}
          </h3>
          <Conversation comments={item.comments} timeZone={timeZone} />
          {item.viewerMay.includes('comment') ? (
            <WriteComment key={item.id} id={item.id} actionKey={keys.comment} keyName="W" />
          ) : null}
        </section>
      </div>
      <DecisionActs key={item.id} item={item} keys={keys} next={next} />
    </article>
  );
}

const decidingActs = ['approved', 'adjusted', 'rejected', 'asked', 'withdrawn'] as const;

type DecidedProps = { item: Decision; memberId: string | null; next: string };

/** Somebody else was quicker: says who and what, and where to go on. */
function Decided({ item, memberId, next }: DecidedProps) {
  const t = useTranslations('approvals');
  if (item.status === 'SUBMITTED') return null;
  const step = item.history.findLast(({ act }) => isDeciding(act));
  const act = step && isDeciding(step.act) ? step.act : null;
  const said =
    !step?.by || act === null
      ? t('decided')
      : step.by.id === memberId
        ? t(`decidedByYou.${act}`)
        : t(`decidedBy.${act}`, { name: firstName(step.by.displayName) });
  return (
    <div className="notice t-ui mb-4 flex flex-wrap items-center justify-between gap-3 !border-pen">
      <p>
        <Status name={item.status} /> <strong className="font-semibold">{said}</strong> {t('nothingLeft')}
      </p>
      <ButtonLink href={next}>{t('next')}</ButtonLink>
    </div>
  );
}

const isDeciding = (act: string): act is (typeof decidingActs)[number] =>
  (decidingActs as readonly string[]).includes(act);

function DecisionHead({ item, currency }: { item: Decision; currency: string }) {
  const { dateLong } = useFormat();
  const t = useTranslations('approvals');
  const words = useKindWords();
  const { name, rest } = splitDescription(item.description);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="t-small text-ink-2">
            {t.rich('given', {
              kind: words.kind(item.kind),
              date: dateLong(item.workedOn),
              name: item.member.displayName,
              profile: (name) => (
                <Link href={`/members/${encodeURIComponent(item.member.id)}`} className="link">
                  {name}
                </Link>
              ),
            })}
          </p>
          <h2 id="item-title" className="font-serif text-[26px]/[1.2] font-medium">
            {name || words.kind(item.kind)}
          </h2>
        </div>
        <p className="text-right">
          {item.value ? <Figure value={item.value} currency={currency} /> : null}
          <span className="t-small block text-ink-2">
            {item.kind === 'IN_KIND' ? t('marketValue') : (words.quantity(item) ?? '')}
          </span>
        </p>
      </div>
      {rest ? <p className="t-body mt-2 max-w-lg">{rest}</p> : null}
      <EvidenceList links={item.evidence} files={item.evidenceFiles} />
    </>
  );
}

/** What approving means besides the posting: whose a built-in gain stays for taxes, and what counts for the share. */
function Consequences({ item, currency }: { item: Decision; currency: string }) {
  const { moneyText, weightText } = useFormat();
  const t = useTranslations('approvals');
  const words = useKindWords();
  const name = firstName(item.member.displayName);
  const gain = builtInGain(item);
  return (
    <p className="t-small mt-2 text-ink-2">
      {gain ? `${t('gain', { gain: moneyText(gain, { currency }), name })} ` : null}
      {item.counts && item.weight && item.value
        ? t('counts', {
            counts: moneyText(item.counts),
            value: moneyText(item.value),
            weight: weightText(item.weight),
            name,
          })
        : t('countsNothing', { kind: words.kind(item.kind), name })}
    </p>
  );
}

/** A gain built in before the thing came to the cooperative stays its giver's for taxes: IRC §704(c). */
function builtInGain({ kind, value, costBasis }: Decision): string | null {
  if (kind !== 'IN_KIND' || !costBasis || !value) return null;
  const gain = differenceOf(value, costBasis);
  return gain.startsWith('-') || isNothing(gain) ? null : gain;
}

function SignatureBlock({ item, viewer, timeZone, currency, twoFrom }: DecisionSheetProps) {
  const { instantText, moneyText } = useFormat();
  const t = useTranslations('approvals');
  const roles = useTranslations('shell');
  if (item.signaturesNeeded < 2) return null;
  const open = Math.max(0, item.signaturesNeeded - item.signatures.length);
  const mayCount = item.viewerMay.includes('approve') ? 1 : 0;
  return (
    <section aria-labelledby="two" className="mt-6">
      <div className="flex items-baseline justify-between">
        <h3 id="two" className="t-strong">
          {t('two')}
        </h3>
        <span className="t-small text-ink-2">
          {t(item.kind === 'IN_KIND' ? 'twoFromInKind' : 'twoFrom', {
            amount: moneyText(twoFrom, { currency }),
          })}
        </span>
      </div>
      <div className="grid grid-cols-2 gap-5">
        {item.signatures.map((signature) => (
          <SignatureLine
            key={signature.at}
            name={signature.by.displayName}
            note={`${roleWord(signature.role, roles)}, ${instantText(signature.at, timeZone)}`}
          />
        ))}
        {Array.from({ length: open }, (_, index) =>
          index < mayCount ? (
            <SignatureLine
              key={index}
              yours={t.rich('yoursToSign', { key: (name) => <Kbd>{name}</Kbd> })}
              note={`${viewer.name}, ${viewer.role.toLowerCase()}`}
            />
          ) : (
            <SignatureLine key={index} note={t('another')} />
          ),
        )}
      </div>
    </section>
  );
}

function MemberYearPanel({ item, currency }: { item: Decision; currency: string }) {
  const { dateShort, moneyText } = useFormat();
  const t = useTranslations('approvals');
  const words = useKindWords();
  const { approvedAsLogged, adjusted, rejected, inKind, inKindValue, recent } = item.memberYear;
  return (
    <section aria-labelledby="year" className="wide:border-l wide:border-rule wide:pl-6">
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <h3 id="year" className="t-strong">
          {t('year', { name: firstName(item.member.displayName) })}
        </h3>
        <Link href={`/contributions?member=${encodeURIComponent(item.member.id)}`} className="link t-ui">
          {t('everything')}
        </Link>
      </div>
      <FactList
        lines={[
          { key: 'approved', label: t('asLogged'), value: approvedAsLogged },
          { key: 'adjusted', label: t('adjusted'), value: adjusted },
          { key: 'rejected', label: t('rejected'), value: rejected },
          ...(item.kind === 'IN_KIND'
            ? [
                {
                  key: 'in-kind',
                  label: t('inKindBefore'),
                  value: t('inKindSum', { count: inKind, value: moneyText(inKindValue, { currency }) }),
                },
              ]
            : []),
        ]}
      />
      {recent.length > 0 ? (
        <ul className="t-small mt-2 border-t border-ink">
          {recent.slice(0, 4).map((one) => (
            <li key={one.id} className="grid grid-cols-[44px_1fr_auto] gap-2 border-b border-rule py-1.5">
              <span className="text-ink-2">{dateShort(one.workedOn)}</span>
              <span>
                {firstSentence(one.description)}
                {one.originalQuantity ? (
                  <span className="block text-wait">
                    {t('from', {
                      now: words.quantity(one) ?? one.quantity,
                      then:
                        words.quantity({ ...one, quantity: one.originalQuantity }) ?? one.originalQuantity,
                    })}
                  </span>
                ) : null}
              </span>
              <span className="font-semibold">{one.value ? <Money value={one.value} /> : null}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {item.cannotBecause ? (
        <div className="mt-4">
          <Notice>{item.cannotBecause}</Notice>
        </div>
      ) : null}
    </section>
  );
}
