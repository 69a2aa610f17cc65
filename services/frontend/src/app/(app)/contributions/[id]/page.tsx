// One contribution, with what its author may still do.
import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ButtonLink } from '../../../../components/control/button.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { ContributionSheet } from '../../../../features/contribution/contribution-sheet.tsx';
import { contributionDocument } from '../../../../features/contribution/contribution.documents.ts';
import { EvidenceForm } from '../../../../features/evidence/evidence-form.tsx';
import { refusalOf } from '../../../../features/evidence/evidence.upload.ts';
import { Conversation } from '../../../../features/contribution/conversation.tsx';
import { AllowLate } from '../../../../features/contribution/allow-late.tsx';
import { DisputeActs } from '../../../../features/contribution/dispute-acts.tsx';
import { OwnActs } from '../../../../features/contribution/own-acts.tsx';
import { WriteComment } from '../../../../features/contribution/write-comment.tsx';
import { OverridePart } from '../../../../features/override/override-part.tsx';
import { ReminderPart } from '../../../../features/reminder/reminder-part.tsx';
import { read } from '../../../../lib/api/request.ts';
import { Link } from '../../../../components/link.tsx';

type ContributionPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ContributionPage({ params, searchParams }: ContributionPageProps) {
  const id = decodeURIComponent((await params).id);
  const t = await getTranslations('contribution');
  const answer = await read(contributionDocument, { id });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { me, contribution, cooperative } = answer.data;
  if (!contribution) notFound();
  const keys = { answer: randomUUID(), submit: randomUUID(), withdraw: randomUUID() };
  return (
    <Page>
      <p className="t-small mb-3">
        <Link href="/contributions" className="link">
          {t('back')}
        </Link>
      </p>
      <div className="max-w-4xl">
        <ContributionSheet
          contribution={contribution}
          currency={cooperative.currency}
          timeZone={cooperative.timeZone}
          readsJournal={me.acts.includes('journal.view')}
        />
        <ReminderPart
          reminder={contribution.reminder}
          actionKey={randomUUID()}
          returnTo={`/contributions/${encodeURIComponent(id)}`}
        />
        {contribution.mine && contribution.viewerMay.includes('edit') ? (
          <EvidenceForm
            id={contribution.id}
            actionKey={randomUUID()}
            fault={await refusalOf(await searchParams)}
          />
        ) : null}
        <section aria-labelledby="conversation" className="mt-8">
          <h2 id="conversation" className="t-head mb-2">
            {t('conversation')}
          </h2>
          <Conversation comments={contribution.comments} timeZone={cooperative.timeZone} />
          {contribution.viewerMay.includes('comment') && !contribution.viewerMay.includes('answer') ? (
            <WriteComment id={contribution.id} actionKey={randomUUID()} />
          ) : null}
        </section>
        {contribution.viewerMay.includes('approve') || contribution.viewerMay.includes('reject') ? (
          <p className="mt-5">
            <ButtonLink href={`/approvals?item=${encodeURIComponent(contribution.id)}`} tone="primary">
              {t('decide')}
            </ButtonLink>
          </p>
        ) : null}
        <OverridePart
          contribution={contribution}
          currency={cooperative.currency}
          timeZone={cooperative.timeZone}
        />
        <AllowLate contribution={contribution} actionKey={randomUUID()} />
        <DisputeActs contribution={contribution} keys={{ dispute: randomUUID(), settle: randomUUID() }} />
        {contribution.mine ? <OwnActs id={contribution.id} may={contribution.viewerMay} keys={keys} /> : null}
      </div>
    </Page>
  );
}
