// The overview: what is mine, what it became this period, and what waits.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../components/control/button.tsx';
import { PageHead } from '../../components/shell/page-head.tsx';
import { Page } from '../../components/shell/page.tsx';
import { Empty, FaultState } from '../../components/state/states.tsx';
import { StandingNotice } from '../../features/overview/standing-notice.tsx';
import { CapitalPanel } from '../../features/overview/capital-panel.tsx';
import { DraftPanel } from '../../features/overview/draft-panel.tsx';
import { GivenPanel } from '../../features/overview/given-panel.tsx';
import type { Overview } from '../../features/overview/overview.documents.ts';
import { overviewDocument } from '../../features/overview/overview.documents.ts';
import {
  DistributionPanel,
  NoticePanel,
  RetainedPanel,
  TodoPanel,
} from '../../features/overview/side-panels.tsx';
import { todosOf } from '../../features/overview/todo.ts';
import { NewsPanel } from '../../features/notification/news-panel.tsx';
import { read } from '../../lib/api/request.ts';
import { totalOf } from '../../lib/amount.ts';
import { opening } from '../../lib/format.ts';
import { getFormat } from '../../lib/language/get-format.ts';
import { Icon } from '../../components/icon.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('place.overview') };
}

export default async function OverviewPage() {
  const t = await getTranslations('overview');
  const answer = await read(overviewDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { me, cooperative, myDraftAllocation, valuationRules } = answer.data;
  // Once a period is closed its share is final, and a draft of it would count the same surplus twice.
  const draft =
    myDraftAllocation && /open|closing/i.test(myDraftAllocation.period.status) ? myDraftAllocation : null;
  const words = await getTranslations('overview.todo');
  const todos = todosOf(me, words as (key: string, values?: Record<string, string | number>) => string);
  const member = me.member;
  const news = answer.data.notifications.edges.map(({ node }) => node);
  const mayLog = me.acts.includes('contribution.log_own');
  return (
    <Page>
      <PageHead
        title={t('title', { cooperative: cooperative.name.split(' ')[0] ?? cooperative.name })}
        above={await dayLine(answer.data)}
        acts={
          mayLog ? (
            <>
              <ButtonLink
                href="/contributions/new?repeat=1"
                icon={<Icon name="repeat" />}
                className="no-touch"
              >
                {t('repeat')}
              </ButtonLink>
              <ButtonLink
                href="/contributions/new"
                tone="primary"
                icon={<Icon name="plus" />}
                keyName="N"
                className="no-touch"
              >
                {t('log')}
              </ButtonLink>
            </>
          ) : null
        }
      />
      {member ? (
        <div className="grid gap-9">
          <StandingNotice member={member} />
          <CapitalPanel member={member} cooperative={cooperative} draft={await draftEnd(member, draft)} />
          <div className="grid items-start gap-9 desk:grid-cols-2 wide:grid-cols-3">
            {draft ? <DraftPanel draft={draft} cooperative={cooperative} /> : null}
            {draft ? <GivenPanel draft={draft} /> : null}
            <TodoPanel todos={todos} />
            <DistributionPanel
              line={member.nextDistribution}
              ending={me.payoutAccount?.ending ?? null}
              currency={cooperative.currency}
            />
            <RetainedPanel lots={member.retainedPatronage} />
            <div className="grid gap-9">
              <NewsPanel news={news} timeZone={cooperative.timeZone} />
              <NoticePanel rules={valuationRules} cooperative={cooperative} />
            </div>
          </div>
        </div>
      ) : (
        <>
          <Empty title={t('noMember.title')} text={t('noMember.text')} />
          <TodoPanel todos={todos} />
        </>
      )}
    </Page>
  );
}

/** Where the draft would bring the book capital. */
async function draftEnd(member: NonNullable<Overview['me']['member']>, draft: Overview['myDraftAllocation']) {
  if (!draft || !member.capital) return null;
  const { periodShort } = await getFormat();
  return { book: totalOf([member.capital.book, draft.allocation]), period: periodShort(draft.period.name) };
}

async function dayLine({ cooperative, currentPeriod }: Overview): Promise<string> {
  const { dateWithWeekday, dateMonthDay, periodShort } = await getFormat();
  const t = await getTranslations('overview.day');
  const today = opening(dateWithWeekday(cooperative.today));
  if (!currentPeriod) return t('none', { today });
  const values = {
    today,
    period: periodShort(currentPeriod.name),
    end: dateMonthDay(currentPeriod.to),
  };
  if (cooperative.today > currentPeriod.to) return t('grace', values);
  return t(cooperative.today === currentPeriod.to ? 'last' : 'within', values);
}
