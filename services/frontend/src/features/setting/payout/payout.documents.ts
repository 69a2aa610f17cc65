// The account one is paid to: as it may be shown, when it changed, and the two acts on it.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const payoutRoomDocument = graphql(`
  query PayoutRoom {
    me {
      acts
      recentlyProven
      payoutAccount {
        kind
        holder
        bankName
        ending
        setAt
      }
      payoutAccountHistory {
        setAt
        endedAt
      }
    }
    cooperative {
      currency
      timeZone
    }
  }
`);

export type PayoutRoom = ResultOf<typeof payoutRoomDocument>;
export type OwnPayoutAccount = NonNullable<PayoutRoom['me']['payoutAccount']>;

export const setPayoutAccountDocument = graphql(`
  mutation SetPayoutAccount($input: SetPayoutAccountInput!) {
    setPayoutAccount(input: $input) {
      __typename
    }
  }
`);

export const removePayoutAccountDocument = graphql(`
  mutation RemovePayoutAccount($input: RemovePayoutAccountInput!) {
    removePayoutAccount(input: $input) {
      removed
    }
  }
`);
