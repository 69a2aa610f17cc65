// Where cash came from and went over some days, by the direct method: what a transaction that moved cash did on its other
// side is what the cash was for. Whole transactions balance, so the flows add up to the change of cash exactly.
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { AccountBalance, Bases, OutOfBalance, ReportSection } from './report.ts';
import { outOfBalance, signedSection, total } from './report.ts';

export type Activity = 'operating' | 'investing' | 'financing';

export interface CashFlow {
  /** Cash and equivalents before the first day. */
  readonly opening: Bases;
  readonly operating: ReportSection;
  readonly investing: ReportSection;
  readonly financing: ReportSection;
  readonly change: Bases;
  /** Cash and equivalents after the last day, as the balance sheet of that day has them. */
  readonly closing: Bases;
}

/** Property and equipment, and the venture assets that stand at 1530 and 1540 where a chart has them. */
const INVESTING = /^(14|153|154)/;
/** Shares received, members' loans, distributions payable and long-term debt; equity is financing whatever its code. */
const FINANCING = /^(224|231|232|29)/;

/** The activity cash moved for, by the account on the other side and the numbering all our charts share. */
export function activityOf({ type, code }: Pick<AccountBalance, 'type' | 'code'>): Activity {
  if (type === 'equity' || (type === 'liability' && FINANCING.test(code))) return 'financing';
  return type === 'asset' && INVESTING.test(code) ? 'investing' : 'operating';
}

/**
 * The statement of some days out of cash before and after them and what their transactions moved on other accounts (debit
 * positive). Refuses OUT_OF_BALANCE when the flows do not lead from the one to the other in either basis.
 */
export function cashFlow(
  opening: Bases,
  closing: Bases,
  movements: readonly AccountBalance[],
): Result<CashFlow, OutOfBalance> {
  const of = (activity: Activity): ReportSection =>
    signedSection(
      movements.filter((movement) => activityOf(movement) === activity),
      'credit',
    );
  const [operating, investing, financing] = [of('operating'), of('investing'), of('financing')];
  const change = total([operating.total, investing.total, financing.total]);
  const reached = total([opening, change]);
  const fault = outOfBalance(
    { bookMinor: closing.bookMinor - reached.bookMinor, taxMinor: closing.taxMinor - reached.taxMinor },
    'cash at the end differs from cash at the beginning and its flows',
  );
  return fault === null
    ? accept({ opening, operating, investing, financing, change, closing })
    : refuse(fault);
}
