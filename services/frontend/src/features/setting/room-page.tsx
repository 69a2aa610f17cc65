// The frame of a room of the settings: the way back, its name, what it is about, and what was just done in it.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ButtonLink } from '../../components/control/button.tsx';
import { PageHead } from '../../components/shell/page-head.tsx';
import { Page } from '../../components/shell/page.tsx';
import { Said } from '../../components/state/said.tsx';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';

type RoomProps = {
  title: string;
  lead?: ReactNode;
  /** Where this room's rules are changed, for whoever may. */
  change?: { href: string; label?: string } | null;
  /** From the address, after an act. */
  said?: string | undefined;
  back?: { href: string; label: string };
  children: ReactNode;
};

export function RoomPage({ title, lead, change, said, back, children }: RoomProps) {
  const t = useTranslations('settings');
  return (
    <Page>
      <PageHead
        title={title}
        above={
          <Link href={back?.href ?? '/settings'} className="link">
            {back?.label ?? t('all')}
          </Link>
        }
        acts={
          change ? (
            <ButtonLink href={change.href} tone="primary" icon={<Icon name="pencil" />}>
              {change.label ?? t('change')}
            </ButtonLink>
          ) : null
        }
      />
      {said && t.has(`said.${said}` as 'said.weights') ? (
        <Said>{t(`said.${said}` as 'said.weights')}</Said>
      ) : null}
      {lead ? <p className="t-body mb-7 max-w-2xl text-ink-2">{lead}</p> : null}
      {children}
    </Page>
  );
}

/** The last two fields of every change: from when, and why. */
export function useCancel(href: string) {
  const t = useTranslations('settings');
  return { href, label: t('cancel') };
}
