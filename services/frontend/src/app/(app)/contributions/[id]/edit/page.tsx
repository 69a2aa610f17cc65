// Changing what was logged, while nobody has decided on it.
import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { PageHead } from '../../../../../components/shell/page-head.tsx';
import { Page } from '../../../../../components/shell/page.tsx';
import { FaultState } from '../../../../../components/state/states.tsx';
import { editFormDocument } from '../../../../../features/contribution/contribution.documents.ts';
import type { ContributionDetail } from '../../../../../features/contribution/contribution.documents.ts';
import type { LogEntry } from '../../../../../features/log/log-entry.ts';
import { LogForm } from '../../../../../features/log/log-form.tsx';
import { reasonText } from '../../../../../lib/api/refusal-words.ts';
import { read } from '../../../../../lib/api/request.ts';

export default async function EditPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const t = await getTranslations('log');
  const answer = await read(editFormDocument, { id });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { contribution, contributionOptions, cooperative } = answer.data;
  if (!contribution || !contribution.viewerMay.includes('edit')) notFound();
  const { preview } = contribution;
  return (
    <Page>
      <PageHead title={t('editTitle')} above={t('above')} />
      <LogForm
        kinds={contributionOptions.kinds}
        start={entryOf(contribution)}
        today={cooperative.today}
        currency={cooperative.currency}
        currencyDigits={cooperative.currencyDigits}
        actionKey={randomUUID()}
        keptAt={null}
        editing={contribution.id}
        worth={preview && { preview, problem: await reasonText(preview.problem), reason: preview.problem }}
      />
    </Page>
  );
}

function entryOf(contribution: ContributionDetail): LogEntry {
  return {
    kind: contribution.kind,
    category: contribution.category,
    quantity: contribution.quantity,
    workedOn: contribution.workedOn,
    description: contribution.description,
    declaredValue: contribution.declaredValue ?? '',
    costBasis: contribution.costBasis ?? '',
    evidence: contribution.evidence.map(({ label, url }) => ({ label, url })),
  };
}
