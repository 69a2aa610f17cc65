// The rail of a desktop: what is mine first, then what the role opens of the cooperative.
import { useTranslations } from 'next-intl';
import { Icon } from '../icon.tsx';
import { Brand } from './brand.tsx';
import { NavLink } from './nav-link.tsx';
import type { Place } from './navigation.ts';
import { settings } from './navigation.ts';
import { NotificationsLink } from './notifications-link.tsx';
import { Person } from './person.tsx';

export type Counts = Readonly<Record<NonNullable<Place['countOf']>, number>>;

type RailProps = {
  cooperative: string;
  person: { name: string; role: string };
  own: readonly Place[];
  places: readonly Place[];
  counts: Counts;
  unread: number;
  account: React.ReactNode;
};

export function Rail({ cooperative, person, own, places, counts, unread, account }: RailProps) {
  const t = useTranslations('shell');
  return (
    <div className="no-print sticky top-0 hidden h-dvh w-[212px] flex-none flex-col overflow-y-auto px-5 pt-5 pb-4 desk:flex">
      <Brand name={cooperative} stacked />
      <nav aria-label={t('places')} className="mt-5">
        <RailGroup title={t('mine')} places={own} counts={counts} />
        {places.length > 0 ? <RailGroup title={t('cooperative')} places={places} counts={counts} /> : null}
      </nav>
      <div className="mt-auto mb-3">
        <NotificationsLink unread={unread} />
        <NavLink href={settings.href} className="rail-link">
          <Icon name={settings.icon} />
          {t(`place.${settings.key}`)}
        </NavLink>
      </div>
      <div className="border-t border-rule pt-3">
        <details className="account">
          <summary className="cursor-pointer rounded-[5px] p-0.5">
            <Person name={person.name} note={person.role} />
            <span className="sr-only">, {t('account')}</span>
          </summary>
          <div className="mt-3">{account}</div>
        </details>
      </div>
    </div>
  );
}

function RailGroup({ title, places, counts }: { title: string; places: readonly Place[]; counts: Counts }) {
  const t = useTranslations('shell');
  return (
    <div className="mb-5">
      <p className="t-label mb-1.5 px-2.5 text-ink-3">{title}</p>
      <ul>
        {places.map((place) => {
          const count = place.countOf ? counts[place.countOf] : 0;
          return (
            <li key={place.key}>
              <NavLink href={place.href} className="rail-link">
                <Icon name={place.icon} />
                {t(`place.${place.key}`)}
                {count > 0 ? (
                  <span className="t-label ml-auto">
                    {count}
                    <span className="sr-only"> {t('waiting')}</span>
                  </span>
                ) : null}
              </NavLink>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
