// The close of a period with its steps, what stops it and the proposal to sign; and the acts that move it on.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';
import { reminderFields } from '../reminder/reminder.documents.ts';

export const periodCloseDocument = graphql(
  `
    query PeriodClosePage($periodId: ID) {
      me {
        displayName
        roles
        acts
      }
      cooperative {
        currency
        timeZone
        today
      }
      periods {
        id
        name
        status
        from
        to
      }
      periodClose(periodId: $periodId) {
        id
        status
        viewerMay
        period {
          id
          name
          from
          to
          status
        }
        steps {
          number
          key
          state
          detail
          doneAt
          doneBy {
            displayName
          }
          checks {
            ok
            text
          }
          facts {
            label
            value
          }
        }
        blockers {
          code
          text
          contribution {
            id
            number
          }
        }
        reopenRequest {
          at
          reason
          viewerMayApprove
          by {
            displayName
          }
        }
        proposal {
          recordHash
          total
          cashTotal
          retainedTotal
          allocable
          weightsVersion
          viewerMayApprove
          cannotBecause
          reminder {
            ...ReminderFields
          }
          proposedAt
          approvedAt
          proposedBy {
            displayName
          }
          approvedBy {
            displayName
          }
          policyLines {
            label
            amount
          }
          checks {
            ok
            text
          }
          lines {
            counts
            percent
            allocation
            cash
            retained
            member {
              id
              displayName
            }
          }
        }
      }
    }
  `,
  [reminderFields],
);

export const beginCloseDocument = graphql(`
  mutation BeginClose($input: BeginPeriodCloseInput!) {
    beginPeriodClose(input: $input) {
      __typename
    }
  }
`);
export const confirmStepDocument = graphql(`
  mutation ConfirmStep($input: ConfirmCloseStepInput!) {
    confirmCloseStep(input: $input) {
      __typename
    }
  }
`);
export const proposeDocument = graphql(`
  mutation Propose($input: ProposeAllocationInput!) {
    proposeAllocation(input: $input) {
      __typename
    }
  }
`);
export const approveAllocationDocument = graphql(`
  mutation ApproveAllocation($input: ApproveAllocationInput!) {
    approveAllocation(input: $input) {
      __typename
    }
  }
`);
export const returnAllocationDocument = graphql(`
  mutation ReturnAllocation($input: ReturnAllocationInput!) {
    returnAllocation(input: $input) {
      __typename
    }
  }
`);
export const abandonCloseDocument = graphql(`
  mutation AbandonClose($input: AbandonPeriodCloseInput!) {
    abandonPeriodClose(input: $input) {
      __typename
    }
  }
`);
export const requestReopenDocument = graphql(`
  mutation RequestReopen($input: RequestReopenInput!) {
    requestReopen(input: $input) {
      __typename
    }
  }
`);
export const approveReopenDocument = graphql(`
  mutation ApproveReopen($input: ApproveReopenInput!) {
    approveReopen(input: $input) {
      __typename
    }
  }
`);

export type ClosePage = ResultOf<typeof periodCloseDocument>;
export type PeriodClose = NonNullable<ClosePage['periodClose']>;
export type CloseStep = PeriodClose['steps'][number];
export type Proposal = NonNullable<PeriodClose['proposal']>;
