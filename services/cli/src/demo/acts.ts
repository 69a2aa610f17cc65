// Turns the demo's tables into acts: a gift is logged on its day in the evening and decided on the days after, an
// entry is posted at noon.
import {
  adjustContribution,
  approveContribution,
  logContribution,
  rejectContribution,
} from '@habitat/people';
import { addDays, parseMoney } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import { approveRequest, correctTransaction, postTransaction } from '@habitat/treasury';
import { instantOf } from './calendar.ts';
import type { PersonKey } from './cast.ts';
import type { Entry, Gift } from './year/gift.ts';
import type { feedMistake } from './year/quarter-3.ts';
import type { Act, Stage } from './stage.ts';
import { done } from './stage.ts';

const minor = (major: string): bigint => done(`amount ${major}`, parseMoney(major, 2));

/** Logs a gift as its giver. */
export async function log(stage: Stage, one: Gift, submit = true): Promise<string> {
  const { sale, ...more } = one.more ?? {};
  const revenueTransactionId = sale === undefined ? null : (stage.transactions.get(sale) ?? null);
  if (sale !== undefined && revenueTransactionId === null)
    throw new Error(`no sale in the demo's journal is called ${sale}`);
  const logged = await logContribution(stage.database, await stage.as(one.who), {
    kind: one.kind,
    category: one.category,
    quantity: one.quantity,
    workedOn: one.on,
    description: one.what,
    revenueTransactionId,
    submit,
    value: more.value ?? null,
    costBasis: more.cost ?? null,
    evidence: more.evidence ?? null,
  });
  return done(`contribution "${one.what}"`, logged).contributionId;
}

/** Decides a gift as the signer at this place: the first may adjust or reject, everyone else approves. */
async function decide(
  stage: Stage,
  one: Gift,
  contributionId: string,
  place: number,
  by: PersonKey,
): Promise<void> {
  const context = await stage.as(by);
  const what = `decision of ${by} on "${one.what}"`;
  if (place === 0 && one.as?.act === 'reject') {
    done(what, await rejectContribution(stage.database, context, { contributionId, reason: one.as.reason }));
  } else if (place === 0 && one.as?.act === 'adjust') {
    const { quantity, reason } = one.as;
    done(what, await adjustContribution(stage.database, context, { contributionId, quantity, reason }));
  } else {
    done(what, await approveContribution(stage.database, context, { contributionId }));
  }
}

/** The acts of gifts: logging, then each signature a day later. */
export function giving(gifts: readonly Gift[]): Act[] {
  return gifts.flatMap((one) => {
    let contributionId = '';
    const logging: Act = {
      at: instantOf(one.on, '18:20'),
      run: async (stage) => {
        contributionId = await log(stage, one);
      },
    };
    const deciding = one.by.map((by, place): Act => ({
      at: instantOf(addDays(one.on, place + 1), '20:05'),
      run: (stage) => decide(stage, one, contributionId, place, by),
    }));
    return [logging, ...deciding];
  });
}

/** Posts an entry of two lines as the treasurer and remembers it by its description. */
async function post(stage: Stage, { on, what, debit, credit, amount }: Entry): Promise<string> {
  const value = minor(amount);
  const posted = await postTransaction(stage.database, await stage.as('ed'), {
    effectiveOn: on,
    description: what,
    entries: [
      { accountCode: debit, bookMinor: value, taxMinor: value },
      { accountCode: credit, bookMinor: -value, taxMinor: -value },
    ],
  });
  const [transactionId] = done(`entry "${what}"`, posted).transactionIds;
  if (transactionId === undefined) throw new Error(`the demo's entry "${what}" waits for a second person`);
  stage.transactions.set(what, transactionId);
  return transactionId;
}

export function bookkeeping(entries: readonly Entry[]): Act[] {
  return entries.map((one) => ({
    at: instantOf(one.on, '12:10'),
    run: async (stage) => {
      await post(stage, one);
    },
  }));
}

/** A wrong entry, found three days later: Ed asks for the correction and Dev agrees. */
export function correcting(mistake: ReturnType<typeof feedMistake>): Act[] {
  const { wrong, correctedOn } = mistake;
  let transactionId = '';
  return [
    {
      at: instantOf(wrong.on, '12:20'),
      run: async (stage) => {
        transactionId = await post(stage, wrong);
      },
    },
    { at: instantOf(correctedOn, '12:30'), run: (stage) => correct(stage, transactionId, mistake) },
  ];
}

async function correct(
  stage: Stage,
  transactionId: string,
  mistake: ReturnType<typeof feedMistake>,
): Promise<void> {
  const { wrong, rightAmount, rightDescription, reason } = mistake;
  const effectiveOn: LocalDate = mistake.correctedOn;
  const value = minor(rightAmount);
  const replacement = {
    effectiveOn,
    description: rightDescription,
    entries: [
      { accountCode: wrong.debit, bookMinor: value, taxMinor: value },
      { accountCode: wrong.credit, bookMinor: -value, taxMinor: -value },
    ],
  };
  const asked = await correctTransaction(stage.database, await stage.as('ed'), {
    transactionId,
    reason,
    effectiveOn,
    replacement,
  });
  const { requestId } = done('correction', asked);
  done(
    'second signature under the correction',
    await approveRequest(stage.database, await stage.as('dev'), { requestId }),
  );
}
