// Logging what somebody gave.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../../../components/control/button.tsx';
import { PageHead } from '../../../../components/shell/page-head.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { useKindWords } from '../../../../features/contribution/kind-words.ts';
import type { LogFormData } from '../../../../features/contribution/contribution.documents.ts';
import { logFormDocument } from '../../../../features/contribution/contribution.documents.ts';
import { LogForm } from '../../../../features/log/log-form.tsx';
import { startOf } from '../../../../features/log/log-start.ts';
import { read } from '../../../../lib/api/request.ts';
import { Icon } from '../../../../components/icon.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('log'))('title') };
}

export default async function LogPage({ searchParams }: { searchParams: Promise<{ repeat?: string }> }) {
  const repeat = (await searchParams).repeat === '1';
  const t = await getTranslations('log');
  const answer = await read(logFormDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const data = answer.data;
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={t('above')}
        acts={
          <>
            <ButtonLink href="/contributions/week" tone="quiet" icon={<Icon name="calendar" />}>
              {t('week')}
            </ButtonLink>
            <RepeatLast data={data} label={t('repeat')} />
          </>
        }
      />
      <LogForm
        key={repeat ? 'repeat' : 'new'}
        kinds={data.contributionOptions.kinds}
        start={startOf(data, repeat)}
        today={data.cooperative.today}
        currency={data.cooperative.currency}
        currencyDigits={data.cooperative.currencyDigits}
        actionKey={randomUUID()}
        keptAt={repeat ? null : `habitat.log.${data.me.member?.id ?? ''}`}
        editing={null}
        worth={null}
      />
    </Page>
  );
}

function RepeatLast({ data, label }: { data: LogFormData; label: string }) {
  const words = useKindWords();
  const last = data.contributionOptions.last;
  if (!last) return null;
  return (
    <ButtonLink href="/contributions/new?repeat=1" icon={<Icon name="repeat" />} className="no-touch">
      {label}: {words.quantity(last)} {words.work(last.kind, last.category)}
    </ButtonLink>
  );
}
