// The audit trail as a table, where its chain ends, and what walking it came to.
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { Section } from '../../components/print/section.tsx';
import { Table } from '../../components/print/table.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { useTrailWords } from '../../lib/language/use-trail-words.ts';
import { actorText } from './actor-text.ts';
import type { AuditEntry, AuditHead, AuditVerdict } from './audit.documents.ts';
import { auditFilter, auditHref } from './audit-search.ts';
import { useRuleText } from './rule-text.ts';
import { Link } from '../../components/link.tsx';

type ChainProps = {
  head: AuditHead;
  verdict: AuditVerdict | undefined;
  /** The end somebody noted, as they typed it. */
  noted: string | null;
  /** It doesn't read like one. */
  unread: boolean;
};

/** The end of the chain, the way to prove it, and the way to take it along. */
export function Chain({ head, verdict, noted, unread }: ChainProps) {
  const t = useTranslations('audit');
  return (
    <Section title={t('chain')} id="chain" className="mb-9">
      <p className="t-body mb-3 max-w-2xl text-ink-2">{t('chainText')}</p>
      <FactList
        lines={[
          { key: 'entries', label: t('entries'), value: head.sequence },
          {
            key: 'head',
            label: t('head'),
            value: <span className="t-mono break-all">{`${head.sequence}:${head.hash}`}</span>,
          },
          { key: 'waiting', label: t('waiting'), value: head.unsealed },
          {
            key: 'key',
            label: t('key'),
            value: <span className="t-mono">{head.keyFingerprint ?? t('noKey')}</span>,
          },
        ]}
      />
      <div className="mt-5 flex flex-wrap items-end gap-3">
        <form action="/audit" className="flex grow flex-wrap items-end gap-3">
          <input type="hidden" name="check" value="1" />
          <div className="min-w-0 grow desk:max-w-md">
            <label htmlFor="anchor" className="t-strong mb-1.5 block">
              {t('anchor')}
            </label>
            <input id="anchor" name="anchor" defaultValue={noted ?? ''} className="field t-mono" />
          </div>
          <Button type="submit">{t('check')}</Button>
        </form>
        {head.keyFingerprint ? (
          // A form and not a link: nothing may fetch it ahead, because every copy taken is on record.
          <form action="/audit/package">
            <Button type="submit" tone="primary">
              {t('take')}
            </Button>
          </form>
        ) : null}
      </div>
      <p className="t-small mt-4 text-ink-2">
        {t('verifierText')}{' '}
        <a href="/audit-verifier.html" download className="link">
          {t('verifier')}
        </a>
      </p>
      {verdict ? <Verdict verdict={verdict} unread={unread} /> : null}
    </Section>
  );
}

function Verdict({ verdict, unread }: { verdict: AuditVerdict; unread: boolean }) {
  const t = useTranslations('audit');
  const { fault, neverSealed, soundTo } = verdict;
  return (
    <div className="mt-5 grid gap-3" role="status">
      {fault ? (
        <Notice tone="stop">
          {t(`fault.${fault.code as 'ENTRY_CHANGED'}`, { entry: fault.sequence, sound: soundTo })}
        </Notice>
      ) : (
        <Notice tone="plain">{t('sound', { count: soundTo })}</Notice>
      )}
      {neverSealed > 0 ? <Notice tone="stop">{t('neverSealed', { count: neverSealed })}</Notice> : null}
      {unread ? <Notice tone="wait">{t('notAnAnchor')}</Notice> : null}
    </div>
  );
}

type TrailProps = { entries: readonly AuditEntry[]; timeZone: string; csv: string };

export function Trail({ entries, timeZone, csv }: TrailProps) {
  const t = useTranslations('audit');
  const words = useTrailWords();
  const { instantText } = useFormat();
  const who = (entry: AuditEntry) => actorText(t, entry);
  /** True where what happened is called by its command, or nobody commanded it. */
  const saidByWhat = ({ command, type }: AuditEntry) =>
    command === null || words.event(type, command) === words.command(command);
  return (
    <Table
      caption={t('title')}
      rows={entries}
      keyOf={({ sequence }) => String(sequence)}
      csv={csv}
      empty={t('none')}
      columns={[
        { head: t('entry'), name: ({ sequence }) => sequence },
        { head: t('when'), text: ({ recordedAt }) => instantText(recordedAt, timeZone) },
        { head: t('actor'), text: who, from: 'desk' },
        {
          head: t('command'),
          text: ({ command }) =>
            command === null ? <span className="text-ink-2">{t('followed')}</span> : words.command(command),
          from: 'desk',
        },
        {
          head: t('what'),
          text: (entry) => (
            <>
              <span className="block desk:hidden">
                {who(entry)}
                {saidByWhat(entry) ? null : ` · ${words.command(entry.command ?? '')}`}
              </span>
              <What entry={entry} />
            </>
          ),
        },
      ]}
    />
  );
}

/** What happened, and everything the entry carries behind it. */
function What({ entry }: { entry: AuditEntry }) {
  const t = useTranslations('audit');
  const ruleText = useRuleText();
  const words = useTrailWords();
  const facts = [
    ...(entry.command === null ? [] : [{ name: t('command'), value: entry.command }]),
    { name: t('event'), value: entry.type },
    { name: t('subjectOf', { type: entry.subjectType }), value: entry.subjectId },
    { name: t('request'), value: entry.correlationId },
    ...(entry.sessionId
      ? [{ name: t(entry.actorKind === 'agent' ? 'programKey' : 'session'), value: entry.sessionId }]
      : []),
    { name: t('hash'), value: entry.hash },
    ...entry.details,
  ];
  return (
    <details>
      <summary className="link w-fit cursor-pointer">{words.event(entry.type, entry.command)}</summary>
      <dl className="t-small mt-2 grid gap-x-4 gap-y-1 desk:grid-cols-[max-content_minmax(0,1fr)]">
        {entry.rules.length > 0 ? (
          <div className="contents">
            <dt className="text-ink-2">{t('judgedBy')}</dt>
            <dd>
              <ul>
                {entry.rules.map((rule) => (
                  <li key={rule}>
                    <Link href={auditHref({ ...auditFilter({}), rule })} className="link">
                      {ruleText(rule)}
                    </Link>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ) : null}
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-ink-2">{name}</dt>
            <dd className="t-mono break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
