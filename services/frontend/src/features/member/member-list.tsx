// The directory: who they are, what they may do, and where they stand.
import { useTranslations } from 'next-intl';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { MemberRow } from './member.documents.ts';
import { Standing, useRoleWord } from './standing.tsx';
import { Link } from '../../components/link.tsx';

/** Roles nearly everybody has say nothing in a list. */
const ordinary = ['member', 'contributor'];

const tellingRoles = (roles: MemberRow['roles']): string[] => [
  ...new Set(roles.map(({ role }) => role).filter((role) => !ordinary.includes(role))),
];

export function MemberList({ members, csv }: { members: readonly MemberRow[]; csv: string }) {
  const t = useTranslations('members');
  const { dateLong } = useFormat();
  const role = useRoleWord();
  return (
    <Table
      caption={t('caption')}
      rows={members}
      keyOf={({ id }) => id}
      csv={csv}
      columns={[
        {
          head: t('columns.name'),
          name: (member) => (
            <>
              <Link href={`/members/${encodeURIComponent(member.id)}`} className="cell">
                {member.displayName}
              </Link>
              <span className="t-small block break-all text-ink-2">{member.email}</span>
            </>
          ),
        },
        { head: t('columns.class'), text: ({ className }) => className, from: 'desk' },
        {
          head: t('columns.roles'),
          text: ({ roles }) => tellingRoles(roles).map(role).join(', '),
          from: 'desk',
        },
        {
          head: t('columns.joined'),
          text: ({ joinedOn }) => (joinedOn ? dateLong(joinedOn) : null),
          from: 'desk',
          tone: 'whitespace-nowrap text-ink-2',
        },
        {
          head: t('columns.status'),
          text: ({ status }) => (status ? <Standing status={status} /> : null),
        },
      ]}
    />
  );
}
