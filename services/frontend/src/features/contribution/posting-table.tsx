// What a contribution does, or would do, to the books: accounts with both bases side by side.
import { useTranslations } from 'next-intl';
import { Table } from '../../components/print/table.tsx';

type PostingLine = { accountCode: string; accountName: string; book: string; tax: string };

type PostingTableProps = { caption: string; lines: readonly PostingLine[]; member: string };

export function PostingTable({ caption, lines, member }: PostingTableProps) {
  const t = useTranslations('contribution');
  return (
    <Table
      caption={caption}
      empty={t('postsNothing')}
      rows={lines}
      keyOf={({ accountCode }) => accountCode}
      columns={[
        {
          head: t('account'),
          name: ({ accountCode, accountName, book }) =>
            `${accountCode} ${book.startsWith('-') ? t('capitalOf', { name: member }) : accountName}`,
        },
        { head: t('book'), money: ({ book }) => book },
        { head: t('tax'), money: ({ tax }) => tax, tax: true },
      ]}
    />
  );
}
