// Who holds or did both parts of a pair of duties, for auditors and administrators.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const dutiesDocument = graphql(`
  query Duties($from: LocalDate!) {
    cooperative {
      timeZone
      today
    }
    dutyConflicts(from: $from) {
      pair
      member {
        id
        displayName
      }
      firstRoles
      secondRoles
      firstDone
      secondDone
      bothDone
      lastAt
    }
  }
`);

export type DutyConflict = ResultOf<typeof dutiesDocument>['dutyConflicts'][number];
