// Several at once: a week of hours in one grid, sent in one act.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../../../components/control/button.tsx';
import { PageHead } from '../../../../components/shell/page-head.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { ownMemberId } from '../../../../features/session/own-member.ts';
import { WeekForm } from '../../../../features/week/week-form.tsx';
import { dayOf, mondayOf } from '../../../../features/week/week-grid.ts';
import { choicesOf, loggedByDay, startRows } from '../../../../features/week/week-start.ts';
import { weekDocument } from '../../../../features/week/week.documents.ts';
import { read } from '../../../../lib/api/request.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';
import { Icon } from '../../../../components/icon.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('week'))('title') };
}

export default async function WeekPage({ searchParams }: { searchParams: Promise<{ from?: string }> }) {
  const t = await getTranslations('week');
  const { dateMonthDay } = await getFormat();
  // The cooperative's own day comes with the answer; until then the server's is near enough to choose a week by.
  const monday = mondayOf((await searchParams).from, new Date().toISOString().slice(0, 10));
  const sunday = dayOf(monday, 6);
  const answer = await read(weekDocument, {
    memberId: await ownMemberId(),
    from: dayOf(monday, -7),
    to: sunday,
  });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { cooperative } = answer.data;
  const address = (day: string) => `/contributions/week?from=${day}`;
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={t('above', { from: dateMonthDay(monday), to: dateMonthDay(sunday) })}
        acts={
          <>
            <ButtonLink href={address(dayOf(monday, -7))} icon={<Icon name="left" />}>
              {t('before')}
            </ButtonLink>
            {sunday < cooperative.today ? (
              <ButtonLink href={address(dayOf(monday, 7))} icon={<Icon name="right" />}>
                {t('after')}
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <WeekForm
        key={monday}
        monday={monday}
        today={cooperative.today}
        currency={cooperative.currency}
        choices={choicesOf(answer.data)}
        start={startRows(answer.data)}
        logged={loggedByDay(answer.data, monday)}
        actionKey={randomUUID()}
      />
    </Page>
  );
}
