// References to distributions and their lines, apart from their fields, so that other modules can import them.
import type { DistributionView, LineRow } from '@habitat/agreements';
import { findDistributions, paymentsOf } from '@habitat/agreements';
import { builder } from '../../builder.ts';
import { defineEntity } from '../../entity.ts';
import { requestLoader } from '../../loader.ts';

export const DistributionRef = defineEntity<DistributionView>('Distribution', {
  idOf: (distribution) => distribution.id,
  load: (ids, context) => findDistributions(context.database, context.cooperativeId(), ids),
});

export const DistributionLineRef = builder.objectRef<LineRow>('DistributionLine');

/** The payment of a share, by "member/period"; see `paymentKey`. */
export const paymentLoader = requestLoader<string, LineRow | null>((keys, context) =>
  paymentsOf(
    context.database,
    context.cooperativeId(),
    keys.map((key) => {
      const [memberId = '', periodId = ''] = key.split('/');
      return { memberId, periodId };
    }),
  ),
);

export const paymentKey = (memberId: string, periodId: string): string => `${memberId}/${periodId}`;
