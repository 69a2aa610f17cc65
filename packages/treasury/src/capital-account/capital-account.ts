// A member's capital account: book (IRC §704(b)) and tax, from opening to closing by cause. Amounts here are signed as
// people read them, capital up is positive.
import { sum } from '@habitat/kernel';
import type { CapitalCause } from '../transaction/posting.ts';
import { CAPITAL_CAUSES } from '../transaction/posting.ts';

export interface CapitalAmount {
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

export interface CapitalChange extends CapitalAmount {
  readonly cause: CapitalCause;
}

export interface CapitalStatement {
  readonly memberId: string;
  readonly accountId: string;
  readonly opening: CapitalAmount;
  /** Causes with any movement, in the order statements show them. */
  readonly changes: readonly CapitalChange[];
  readonly closing: CapitalAmount;
}

/** One summed movement: before the first day (`isOpening`) or within the days asked for. */
export interface CapitalMovement extends CapitalChange {
  readonly memberId: string;
  readonly accountId: string;
  readonly isOpening: boolean;
}

function total(movements: readonly CapitalAmount[]): CapitalAmount {
  return {
    bookMinor: sum(movements.map((each) => each.bookMinor)),
    taxMinor: sum(movements.map((each) => each.taxMinor)),
  };
}

/** Puts one member's movements together into a statement whose closing is opening plus changes, in both bases. */
export function capitalStatement(
  memberId: string,
  accountId: string,
  movements: readonly CapitalMovement[],
): CapitalStatement {
  const changes = CAPITAL_CAUSES.flatMap((cause): CapitalChange[] => {
    const own = movements.filter((movement) => !movement.isOpening && movement.cause === cause);
    return own.length === 0 ? [] : [{ cause, ...total(own) }];
  });
  const opening = total(movements.filter((movement) => movement.isOpening));
  return { memberId, accountId, opening, changes, closing: total([opening, ...changes]) };
}
