// The frame of a phone: the cooperative on top, five tabs below with the act of logging in the middle.
import { useTranslations } from 'next-intl';
import { Icon } from '../icon.tsx';
import { Brand } from './brand.tsx';
import { NavLink } from './nav-link.tsx';
import type { Place } from './navigation.ts';
import { settings } from './navigation.ts';
import { NotificationsBell } from './notifications-link.tsx';
import { PersonMark } from './person.tsx';

type PhoneTopBarProps = { cooperative: string; person: string; unread: number };

export function PhoneTopBar({ cooperative, person, unread }: PhoneTopBarProps) {
  return (
    <div className="no-print sticky top-0 z-30 flex h-14 items-center justify-between border-b border-rule bg-paper px-[18px] desk:hidden">
      <Brand name={cooperative} />
      <div className="flex items-center gap-1">
        <NotificationsBell unread={unread} />
        <PersonMark name={person} />
      </div>
    </div>
  );
}

type PhoneTabsProps = {
  own: readonly Place[];
  places: readonly Place[];
  account: React.ReactNode;
  waiting: number;
  mayLog: boolean;
};

/** Own places with a tab; the others are under “More”. */
const TABBED: readonly Place['key'][] = ['overview', 'contributions', 'allocation'];

export function PhoneTabs({ own, places, account, waiting, mayLog }: PhoneTabsProps) {
  const t = useTranslations('shell');
  return (
    <nav
      aria-label={t('places')}
      className={`phone-tabs no-print fixed inset-x-0 bottom-0 z-30 grid ${mayLog ? 'grid-cols-5' : 'grid-cols-4'} border-t border-rule bg-sheet px-2 pb-[env(safe-area-inset-bottom)] desk:hidden`}
    >
      <NavLink href="/" className="tab-link">
        <Icon name="overview" />
        {t('place.overview')}
      </NavLink>
      <NavLink href="/contributions" className="tab-link">
        <Icon name="contributions" />
        {t('tab.given')}
      </NavLink>
      {mayLog ? (
        <NavLink href="/contributions/new" className="tab-link tab-log">
          <Icon name="plus" />
          {t('tab.log')}
        </NavLink>
      ) : null}
      <NavLink href="/allocation" className="tab-link">
        <Icon name="allocation" />
        {t('place.allocation')}
      </NavLink>
      <details className="more-menu">
        <summary className="tab-link">
          <Icon name="more" />
          {t('tab.more')}
          {waiting > 0 ? <span className="sr-only">{t('waitingCount', { count: waiting })}</span> : null}
        </summary>
        <div className="absolute inset-x-0 bottom-full border-t border-rule bg-sheet px-[18px] py-4 shadow-(--lift-2)">
          <ul className="mb-3">
            {[...own.filter(({ key }) => !TABBED.includes(key)), ...places, settings].map((place) => (
              <MoreLink key={place.key} href={place.href} icon={place.icon} label={t(`place.${place.key}`)} />
            ))}
          </ul>
          {account}
        </div>
      </details>
    </nav>
  );
}

function MoreLink({ href, icon, label }: { href: string; icon: Place['icon']; label: string }) {
  return (
    <li className="border-b border-rule">
      <NavLink href={href} className="t-ui flex min-h-11 items-center gap-3">
        <Icon name={icon} />
        {label}
      </NavLink>
    </li>
  );
}
