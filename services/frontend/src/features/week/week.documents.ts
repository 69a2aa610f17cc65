// A week's grid: the kinds counted in hours, what is logged in these days already, and the one act that logs them all.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const weekDocument = graphql(`
  query LogWeek($memberId: ID, $from: LocalDate!, $to: LocalDate!) {
    cooperative {
      currency
      today
    }
    contributionOptions {
      kinds {
        kind
        unit
        categories {
          category
        }
      }
      lastKind
      lastCategory
    }
    contributions(memberId: $memberId, from: $from, to: $to, first: 200) {
      edges {
        node {
          kind
          category
          quantity
          unit
          workedOn
          status
          description
        }
      }
    }
  }
`);

export const weekPreviewDocument = graphql(`
  query WeekPreview($inputs: [ContributionPreviewInput!]!) {
    contributionPreviews(inputs: $inputs) {
      problem
      preview {
        value
      }
    }
  }
`);

export const logWeekDocument = graphql(`
  mutation LogWeek($input: LogContributionsInput!) {
    logContributions(input: $input) {
      results {
        reason
        message
        facts {
          name
          value
        }
        contribution {
          id
          number
          value
        }
      }
    }
  }
`);

export type WeekPage = ResultOf<typeof weekDocument>;
