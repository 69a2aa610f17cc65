// The frame of every page behind the sign-in. It asks once who is here and what their role opens; moving between pages
// keeps it, so that each further screen is one request.
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ToastProvider } from '../../components/control/toast.tsx';
import { sharedPlaces } from '../../components/shell/navigation.ts';
import { PhoneTabs, PhoneTopBar } from '../../components/shell/phone-bars.tsx';
import { Rail } from '../../components/shell/rail.tsx';
import { Shortcuts } from '../../components/shell/shortcuts.tsx';
import { OfflineNotice } from '../../components/state/offline.tsx';
import { FaultState } from '../../components/state/states.tsx';
import { AccountMenu } from '../../features/session/account-menu.tsx';
import { mainRole } from '../../features/session/main-role.ts';
import { shellDocument } from '../../features/session/session.documents.ts';
import { read } from '../../lib/api/request.ts';
import { themeCookie } from '../../lib/session/cookie.ts';

export default async function AppLayout({ children }: { children: ReactNode }) {
  const answer = await read(shellDocument, {});
  const t = await getTranslations('shell');
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;

  const { me } = answer.data;
  const places = sharedPlaces(me.acts);
  const theme = (await cookies()).get(themeCookie)?.value ?? 'system';
  const account = <AccountMenu theme={theme} />;
  const waiting = me.counts.approvals + me.counts.close + me.counts.distributions;
  const mayLog = me.acts.includes('contribution.log_own');
  return (
    <ToastProvider>
      <a href="#page" className="skip">
        {t('skip')}
      </a>
      <div className="flex min-h-dvh">
        <Rail
          cooperative={me.cooperative.name}
          person={{ name: me.displayName, role: t(`role.${mainRole(me.roles)}`) }}
          places={places}
          counts={me.counts}
          account={account}
        />
        <div className="min-w-0 flex-1 border-rule pb-24 desk:border-l desk:pb-0">
          <PhoneTopBar cooperative={me.cooperative.name} person={me.displayName} />
          <OfflineNotice />
          <main id="page" tabIndex={-1} className="outline-none">
            {children}
          </main>
        </div>
      </div>
      <PhoneTabs places={places} account={account} waiting={waiting} mayLog={mayLog} />
      <Shortcuts mayLog={mayLog} mayApprove={me.acts.includes('contribution.approve')} />
    </ToastProvider>
  );
}
