// Where the two bases differ: by account, by member, and layer by layer what contributed property brought with it.
import { useTranslations } from 'next-intl';
import { Opens } from '../../../components/print/opens.tsx';
import { Section } from '../../../components/print/section.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { AccountLink } from '../account-name.tsx';
import type { Divergence } from './divergence.documents.ts';

/** The layers of all members, each with its member's name, oldest first. */
export const layersOf = ({ members }: Divergence) =>
  members
    .flatMap(({ member, layers }) => layers.map((layer) => ({ ...layer, member })))
    .toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1));

type TableProps = { divergence: Divergence };

export function DivergenceTables({ divergence, opensJournal }: TableProps & { opensJournal: boolean }) {
  return (
    <div className="grid gap-9">
      <ByAccount divergence={divergence} />
      <ByMember divergence={divergence} />
      <Layers divergence={divergence} opensJournal={opensJournal} />
    </div>
  );
}

const fileOf = (name: string, asOf: string) => `/treasury/csv/${name}?asOf=${asOf}`;

function ByAccount({ divergence: { asOf, lines } }: TableProps) {
  const t = useTranslations('treasury');
  return (
    <Section id="by-account" title={t('divergent.accounts')}>
      <Table
        caption={t('divergent.accounts')}
        rows={lines}
        keyOf={({ account }) => account.id}
        scroll
        columns={[
          { head: t('no'), text: ({ account }) => account.code, tone: 'text-ink-2', from: 'desk' },
          {
            head: t('account'),
            name: ({ account }) => <AccountLink account={account} days={{ to: asOf }} />,
          },
          { head: t('book'), money: ({ book }) => book },
          { head: t('tax'), tax: true, lined: true, money: ({ tax }) => tax },
          { head: t('divergent.difference'), money: ({ difference }) => difference, signed: true },
        ]}
      />
    </Section>
  );
}

function ByMember({ divergence: { asOf, members } }: TableProps) {
  const t = useTranslations('treasury');
  const capital = (id: string) => `/treasury/capital/${encodeURIComponent(id)}?asOf=${asOf}`;
  return (
    <Section id="by-member" title={t('divergent.members')}>
      <Table
        caption={t('divergent.members')}
        rows={members}
        keyOf={({ member }) => member.id}
        empty={t('divergent.noMembers')}
        csv={fileOf('divergence-members', asOf)}
        scroll
        columns={[
          {
            head: t('member'),
            name: ({ member }) => <Opens href={capital(member.id)}>{member.displayName}</Opens>,
          },
          { head: t('book'), money: ({ book }) => book, from: 'desk' },
          { head: t('tax'), tax: true, lined: true, money: ({ tax }) => tax, from: 'desk' },
          { head: t('divergent.difference'), money: ({ difference }) => difference, signed: true },
          { head: t('divergent.builtIn'), money: ({ builtInGain }) => builtInGain },
        ]}
      />
    </Section>
  );
}

function Layers({ divergence, opensJournal }: TableProps & { opensJournal: boolean }) {
  const t = useTranslations('treasury');
  const { dateLong } = useFormat();
  const entry = (id: string) =>
    opensJournal ? `/treasury/journal?transaction=${encodeURIComponent(id)}` : null;
  return (
    <Section id="layers" title={t('divergent.layers')}>
      <Table
        caption={t('divergent.layers')}
        rows={layersOf(divergence)}
        keyOf={({ transaction, member, account }) => `${transaction.id} ${member.id} ${account.id}`}
        empty={t('divergent.noLayers')}
        csv={fileOf('divergence-layers', divergence.asOf)}
        scroll
        columns={[
          {
            head: t('what'),
            name: ({ transaction, effectiveOn }) => (
              <>
                <Opens href={entry(transaction.id)}>{transaction.description}</Opens>
                <span className="t-small block text-ink-2">{dateLong(effectiveOn)}</span>
              </>
            ),
          },
          { head: t('member'), text: ({ member }) => member.displayName },
          { head: t('account'), text: ({ account }) => account.name, from: 'desk' },
          { head: t('book'), money: ({ book }) => book, from: 'desk' },
          { head: t('tax'), tax: true, lined: true, money: ({ tax }) => tax, from: 'desk' },
          { head: t('divergent.builtIn'), money: ({ builtInGain }) => builtInGain },
        ]}
      />
    </Section>
  );
}
