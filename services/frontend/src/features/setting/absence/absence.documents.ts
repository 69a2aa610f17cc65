// Who is away, and who could be named to stand in.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const absenceRoomDocument = graphql(`
  query AbsenceRoom {
    me {
      acts
      isPeer
      member {
        id
        displayName
      }
    }
    cooperative {
      today
    }
    absences {
      id
      startsOn
      endsOn
      viewerMayEnd
      member {
        displayName
      }
      backup {
        displayName
      }
    }
    standIns {
      id
      displayName
    }
    absentees {
      id
      displayName
    }
  }
`);

export type AbsenceRoom = ResultOf<typeof absenceRoomDocument>;

export const announceAbsenceDocument = graphql(`
  mutation AnnounceAbsence($input: AnnounceAbsenceInput!) {
    announceAbsence(input: $input) {
      absenceId
    }
  }
`);

export const endAbsenceDocument = graphql(`
  mutation EndAbsence($input: EndAbsenceInput!) {
    endAbsence(input: $input) {
      absenceId
    }
  }
`);
