// What is known of a member, and what they have given lately.
import { useTranslations } from 'next-intl';
import { FactList } from '../../components/print/fact-list.tsx';
import { Money } from '../../components/print/money.tsx';
import { Section } from '../../components/print/section.tsx';
import { Status } from '../../components/print/status.tsx';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { firstSentence } from '../../lib/sentence.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { MemberPage, MemberProfile } from './member.documents.ts';
import { Link } from '../../components/link.tsx';

export function ProfileFacts({ member }: { member: MemberProfile }) {
  const t = useTranslations('members.profile');
  const { dateLong } = useFormat();
  const lines = [
    { key: 'email', label: t('email'), value: <span className="break-all">{member.email}</span> },
    ...(member.legalName ? [{ key: 'legal', label: t('legalName'), value: member.legalName }] : []),
    { key: 'class', label: t('class'), value: member.className },
    { key: 'joined', label: t('joined'), value: member.joinedOn ? dateLong(member.joinedOn) : '' },
    ...(member.droAmount ? [{ key: 'dro', label: t('dro'), value: <Money value={member.droAmount} /> }] : []),
    { key: 'login', label: t('signIn'), value: t(member.hasLogin ? 'yes' : 'no') },
  ];
  return (
    <Section title={t('facts')} id="facts">
      <FactList lines={lines} />
      {member.capital ? (
        <>
          <h3 className="t-strong mt-6 mb-1">{t('capital')}</h3>
          <FactList
            lines={[
              { key: 'book', label: t('book'), value: <Money value={member.capital.book} /> },
              { key: 'tax', label: t('tax'), value: <Money value={member.capital.tax} />, tone: 'tax' },
            ]}
          />
        </>
      ) : null}
    </Section>
  );
}

export function LatelyGiven({ contributions }: { contributions: MemberPage['contributions'] }) {
  const t = useTranslations('members.profile');
  const { dateShort } = useFormat();
  const words = useKindWords();
  const rows = contributions.edges.map(({ node }) => node);
  if (rows.length === 0) return null;
  return (
    <Section title={t('contributions')} id="given" aside={contributions.totalCount}>
      <Table
        caption={t('contributions')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            head: t('day'),
            text: ({ workedOn }) => dateShort(workedOn),
            className: 'w-16 whitespace-nowrap',
            tone: 'text-ink-2',
          },
          {
            head: t('what'),
            name: (one) => (
              <>
                <Link href={`/contributions/${encodeURIComponent(one.id)}`} className="cell">
                  {firstSentence(one.description) || words.kind(one.kind)}
                </Link>
                <span className="t-small block">
                  <Status name={one.status} />
                </span>
              </>
            ),
          },
          { head: t('value'), money: ({ value }) => value },
        ]}
      />
    </Section>
  );
}
