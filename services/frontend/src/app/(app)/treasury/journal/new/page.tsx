// Posting a journal entry.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../../../../components/shell/page-head.tsx';
import { Page } from '../../../../../components/shell/page.tsx';
import { FaultState, NoPermission } from '../../../../../components/state/states.tsx';
import { postFormDocument } from '../../../../../features/treasury/journal/journal.documents.ts';
import { PostForm } from '../../../../../features/treasury/journal/post-form.tsx';
import { read } from '../../../../../lib/api/request.ts';
import { Link } from '../../../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('postEntry') };
}

export default async function PostPage() {
  const t = await getTranslations('treasury');
  const answer = await read(postFormDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('posting')} />;
  const { accounts, cooperative, me, treasurySettings } = answer.data;
  if (!me.acts.includes('transaction.post')) return <NoPermission subject={t('posting')} />;
  return (
    <Page>
      <PageHead
        title={t('postEntry')}
        above={
          <Link href="/treasury/journal" className="link">
            {t('journal')}
          </Link>
        }
      />
      <PostForm
        accounts={accounts}
        today={cooperative.today}
        currency={cooperative.currency}
        digits={cooperative.currencyDigits}
        journalThreshold={treasurySettings.journalThreshold}
        actionKey={randomUUID()}
      />
    </Page>
  );
}
