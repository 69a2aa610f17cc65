// The frame of every page behind the sign-in. What it shows of the person comes with the page's own answer, so that a
// screen is one request; moving between pages keeps the frame as it is. Nothing here is sent in parts: a page comes whole,
// so that a browser without scripts can read it and nothing shifts.
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ToastProvider } from '../../components/control/toast.tsx';
import { PageArea } from '../../components/shell/page-area.tsx';
import { PhoneTabs, PhoneTopBar } from '../../components/shell/phone-bars.tsx';
import { Rail } from '../../components/shell/rail.tsx';
import { Shortcuts } from '../../components/shell/shortcuts.tsx';
import { OfflineNotice } from '../../components/state/offline.tsx';
import { AccountMenu } from '../../features/session/account-menu.tsx';
import { UndoLog } from '../../features/log/undo-log.tsx';
import { shellDocument } from '../../features/session/session.documents.ts';
import { viewerOfFrame } from '../../features/session/viewer.ts';
import { frameWaits } from '../../lib/api/screen.ts';
import { themeCookie } from '../../lib/session/cookie.ts';

export default async function AppLayout({ children }: { children: ReactNode }) {
  frameWaits(shellDocument);
  const t = await getTranslations('shell');
  const theme = (await cookies()).get(themeCookie)?.value ?? 'system';
  const viewer = await viewerOfFrame();
  const { cooperative, name, own, places, counts, unread, mayLog, mayApprove } = viewer;
  const account = <AccountMenu theme={theme} elsewhere={viewer.elsewhere} />;
  return (
    <ToastProvider wayBack={<UndoLog />}>
      <a href="#page" className="skip">
        {t('skip')}
      </a>
      <div className="shell-frame flex min-h-dvh" data-single-keys={viewer.singleKeys ? 'on' : 'off'}>
        <Rail
          cooperative={cooperative}
          person={{ name, role: viewer.role }}
          own={own}
          places={places}
          counts={counts}
          unread={unread}
          account={account}
        />
        <div className="min-w-0 flex-1 border-rule pb-24 desk:border-l desk:pb-0 print:border-0 print:pb-0">
          <p className="print-only t-small mb-2">{cooperative}</p>
          <PhoneTopBar cooperative={cooperative} person={name} unread={unread} />
          <OfflineNotice />
          <main id="page" tabIndex={-1} className="outline-none">
            <PageArea>{children}</PageArea>
          </main>
        </div>
      </div>
      <PhoneTabs own={own} places={places} account={account} waiting={viewer.waiting} mayLog={mayLog} />
      <Shortcuts mayLog={mayLog} mayApprove={mayApprove} />
    </ToastProvider>
  );
}
