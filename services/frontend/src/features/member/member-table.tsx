// The directory: who they are, what they may do, and where they stand.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useFormat } from '../../lib/language/use-format.ts';
import type { MemberRow } from './member.documents.ts';
import { Standing, useRoleWord } from './standing.tsx';

/** Roles nearly everybody has say nothing in a list. */
const ordinary = ['member', 'contributor'];

export function MemberTable({ members }: { members: readonly MemberRow[] }) {
  const t = useTranslations('members');
  const { dateLong } = useFormat();
  const role = useRoleWord();
  return (
    <table className="book">
      <caption className="sr-only">{t('caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('columns.name')}</th>
          <th scope="col" className="max-desk:hidden">
            {t('columns.class')}
          </th>
          <th scope="col" className="max-desk:hidden">
            {t('columns.roles')}
          </th>
          <th scope="col" className="max-desk:hidden">
            {t('columns.joined')}
          </th>
          <th scope="col">{t('columns.status')}</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.id}>
            <th scope="row">
              <Link href={`/members/${encodeURIComponent(member.id)}`} className="cell">
                {member.displayName}
              </Link>
              <span className="t-small block break-all text-ink-2">{member.email}</span>
            </th>
            <td className="max-desk:hidden">{member.className}</td>
            <td className="max-desk:hidden">
              {[...new Set(member.roles.map((one) => one.role))]
                .filter((one) => !ordinary.includes(one))
                .map(role)
                .join(', ')}
            </td>
            <td className="whitespace-nowrap text-ink-2 max-desk:hidden">
              {member.joinedOn ? dateLong(member.joinedOn) : null}
            </td>
            <td>{member.status ? <Standing status={member.status} /> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
