// What a standing other than a member's usual one means for its member, who would else only find acts gone from the page.
import { useTranslations } from 'next-intl';
import { Notice } from '../../components/state/notice.tsx';
import type { OverviewMember } from './overview.documents.ts';
import { Link } from '../../components/link.tsx';

export function StandingNotice({ member }: { member: OverviewMember }) {
  const t = useTranslations('overview.standing');
  const { status, id } = member;
  if (!status || !t.has(status as 'SUSPENDED')) return null;
  return (
    <Notice tone="wait">
      {t(status as 'SUSPENDED')}{' '}
      <Link href={`/members/${encodeURIComponent(id)}#standing`} className="link">
        {t('why')}
      </Link>
    </Notice>
  );
}
