// A member's standing as a mark and a word, and roles by their names.
import { useTranslations } from 'next-intl';
import type { IconName } from '../../components/icon.tsx';
import { Icon } from '../../components/icon.tsx';
import { toneClass } from '../../components/print/status.tsx';
import type { MemberStatus } from './member-filter.tsx';

const marks: Record<MemberStatus, readonly [IconName, keyof typeof toneClass]> = {
  PENDING: ['waiting', 'wait'],
  ACTIVE: ['check', 'done'],
  SUSPENDED: ['stop', 'stop'],
  INACTIVE: ['clock', 'plain'],
  WITHDRAWING: ['leave', 'wait'],
  WITHDRAWN: ['leave', 'plain'],
  EXPELLED: ['cross', 'stop'],
};

export function Standing({ status }: { status: MemberStatus }) {
  const t = useTranslations('members.status');
  const [icon, tone] = marks[status];
  return (
    <span className={`t-note whitespace-nowrap ${toneClass[tone]}`}>
      <Icon name={icon} className="mr-1.5 align-[-3px]" />
      {t(status)}
    </span>
  );
}

/** The word for a role; one the catalogue does not know stays as it is. */
export function useRoleWord(): (role: string) => string {
  const t = useTranslations('members.role');
  return (role) => (t.has(role as 'member') ? t(role as 'member') : role);
}
