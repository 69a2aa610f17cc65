// What treasury does when a cooperative comes into being or a member joins: chart, posting rules, first periods,
// and one capital account per member (26 CFR 1.704-1(b)(2)(iv) asks for one account per partner).
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import {
  cooperativeChanged,
  cooperativeCreated,
  memberChanged,
  memberJoined,
  readPayload,
} from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import { todayIn } from '@habitat/kernel';
import { insertChart, insertPostingRules, upsertCapitalAccounts } from '../account/account.store.ts';
import { chartOf, postingRulesOf } from '../account/template.ts';
import { openPeriodsIn } from '../period/period.commands.ts';
import { calendarPeriods } from '../period/period.ts';
import { findCooperative, needCooperative } from './cooperative.store.ts';

async function takeUpCreated(tx: Transaction, event: Envelope): Promise<void> {
  const created = readPayload(cooperativeCreated, event);
  if ((await findCooperative(tx, tx.cooperativeId)) !== null) return;
  const chart = chartOf(created.template);
  const rules = postingRulesOf(created.template);
  if (chart === null || rules === null) throw new Error(`no chart of accounts is called ${created.template}`);
  await tx.query(
    `insert into treasury.cooperative (cooperative_id, name, currency, currency_digits, time_zone, tax_regime, template, period_length,
       fiscal_start_month)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.cooperativeId,
      created.name,
      created.currency,
      created.currencyDigits,
      created.timeZone,
      created.taxRegime,
      created.template,
      created.periodLength,
      created.fiscalStartMonth,
    ],
  );
  await insertChart(tx, chart);
  await insertPostingRules(tx, rules);
  const first = created.firstPeriodStartsOn as LocalDate;
  const today = todayIn(created.timeZone, tx.now);
  await openPeriodsIn(tx, calendarPeriods(first, today, created.periodLength, created.fiscalStartMonth));
}

/** Handles platform.cooperative.created and .changed. */
export async function takeUpCooperatives(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) {
    const caused = tx.causedBy(event);
    if (event.type === cooperativeCreated.type) {
      await takeUpCreated(caused, event);
      continue;
    }
    const changed = readPayload(cooperativeChanged, event);
    await needCooperative(caused, caused.cooperativeId);
    await caused.query(
      `update treasury.cooperative set name = $2, currency = $3, currency_digits = $4, time_zone = $5, tax_regime = $6
       where cooperative_id = $1`,
      [
        caused.cooperativeId,
        changed.name,
        changed.currency,
        changed.currencyDigits,
        changed.timeZone,
        changed.taxRegime,
      ],
    );
  }
}

/** Handles people.member.joined and .changed: the member's capital leaf and its deficit restoration obligation. */
export async function takeUpMembers(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  await needCooperative(tx, tx.cooperativeId);
  const latest = new Map(
    events.map((event) => {
      const member = readPayload(event.type === memberJoined.type ? memberJoined : memberChanged, event);
      return [member.memberId, member];
    }),
  );
  await upsertCapitalAccounts(tx, [...latest.values()]);
}
