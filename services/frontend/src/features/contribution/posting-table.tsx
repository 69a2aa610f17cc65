// What a contribution does, or would do, to the books: accounts with both bases side by side.
import { useTranslations } from 'next-intl';
import { Money } from '../../components/print/money.tsx';

type PostingLine = { accountCode: string; accountName: string; book: string; tax: string };

export function PostingTable({ lines, member }: { lines: readonly PostingLine[]; member: string }) {
  const t = useTranslations('contribution');
  if (lines.length === 0) return <p className="t-small text-ink-2">{t('postsNothing')}</p>;
  return (
    <table className="book">
      <thead>
        <tr>
          <th scope="col">{t('account')}</th>
          <th scope="col" className="num">
            {t('book')}
          </th>
          <th scope="col" className="num tax">
            {t('tax')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.accountCode}>
            <th scope="row">
              {line.accountCode}{' '}
              {line.book.startsWith('-') ? t('capitalOf', { name: member }) : line.accountName}
            </th>
            <td className="num">
              <Money value={line.book} />
            </td>
            <td className="num">
              <Money value={line.tax} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
