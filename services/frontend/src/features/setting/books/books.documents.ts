// The settings of the books: from which amount two people post, where contributions post, and every change of either.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const booksDocument = graphql(`
  query BooksRoom {
    me {
      acts
      displayName
    }
    cooperative {
      timeZone
      currency
      fiscalStartMonth
    }
    accounts {
      id
      code
      name
      type
      leaf
      active
    }
    contributionCategories {
      kind
      name
      retired
    }
    treasurySettings {
      journalThreshold
      periodLength
      postingRules {
        kind
        category
        account {
          id
          code
          name
          member {
            displayName
          }
        }
      }
      versions {
        id
        topic
        kind
        category
        before
        after
        rationale
        status
        setAt
        setBy {
          displayName
        }
        decidedAt
        decidedBy {
          displayName
        }
        declineReason
        viewerMay
      }
    }
  }
`);

export const setJournalThresholdDocument = graphql(`
  mutation SetJournalThreshold($input: SetJournalThresholdInput!) {
    setJournalThreshold(input: $input) {
      needsSecond
    }
  }
`);

export const decideTreasurySettingDocument = graphql(`
  mutation DecideTreasurySetting($input: DecideTreasurySettingInput!) {
    decideTreasurySetting(input: $input) {
      settingId
    }
  }
`);

export const setPostingRuleDocument = graphql(`
  mutation SetPostingRule($input: SetPostingRuleInput!) {
    setPostingRule(input: $input) {
      settingId
    }
  }
`);

export const removePostingRuleDocument = graphql(`
  mutation RemovePostingRule($input: RemovePostingRuleInput!) {
    removePostingRule(input: $input) {
      settingId
    }
  }
`);

export type BooksRoom = ResultOf<typeof booksDocument>;
export type PostingRule = BooksRoom['treasurySettings']['postingRules'][number];
export type BooksChange = BooksRoom['treasurySettings']['versions'][number];
