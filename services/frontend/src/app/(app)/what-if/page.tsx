// What if the rules were others? The real draft's inputs go to the browser of those who may draft everyone's allocation,
// and are computed there.
import { randomUUID } from 'node:crypto';
import { addDays } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '../../../components/shell/page.tsx';
import { FaultState } from '../../../components/state/states.tsx';
import { WhatIfDesk } from '../../../features/what-if/what-if-desk.tsx';
import type { WhatIf } from '../../../features/what-if/what-if.documents.ts';
import { whatIfDocument } from '../../../features/what-if/what-if.documents.ts';
import { read } from '../../../lib/api/request.ts';
import { opening } from '../../../lib/format.ts';
import { getFormat } from '../../../lib/language/get-format.ts';
import { Link } from '../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('place.whatIf') };
}

export default async function WhatIfPage({ searchParams }: { searchParams: Promise<{ period?: string }> }) {
  const t = await getTranslations('whatIf');
  const { instantText, periodName } = await getFormat();
  const answer = await read(whatIfDocument, { periodId: (await searchParams).period ?? null });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { me, cooperative, draftInputs, currentPeriod } = answer.data;
  const maySave = me.acts.includes('weight.set');
  return (
    <Page>
      <WhatIfDesk
        key={draftInputs.period.id}
        input={draftInputs.input}
        names={draftInputs.members.map(({ memberId, member }) => [memberId, member.displayName])}
        weightsVersion={draftInputs.weightsVersion}
        digits={cooperative.currencyDigits}
        currency={cooperative.currency}
        head={{
          period: periodName(draftInputs.period.name),
          time: instantText(draftInputs.computedAt, cooperative.timeZone),
          count: draftInputs.contributionCount,
        }}
        periods={<Periods page={answer.data} />}
        save={
          maySave
            ? {
                from: currentPeriod ? addDays(currentPeriod.to as LocalDate, 1) : '',
                actionKey: randomUUID(),
              }
            : null
        }
      />
    </Page>
  );
}

/** The periods a draft can be made of: those not closed. */
async function Periods({ page }: { page: WhatIf }) {
  const t = await getTranslations('whatIf');
  const { periodName } = await getFormat();
  const open = page.periods.filter(({ status }) => /open|closing/i.test(status));
  if (open.length < 2) return null;
  return (
    <nav aria-label={t('periods')} className="segment">
      {open.map(({ id, name }) => (
        <Link
          key={id}
          href={`/what-if?period=${encodeURIComponent(id)}`}
          {...(id === page.draftInputs.period.id ? { 'aria-current': 'true' as const } : {})}
        >
          {opening(periodName(name))}
        </Link>
      ))}
    </nav>
  );
}
