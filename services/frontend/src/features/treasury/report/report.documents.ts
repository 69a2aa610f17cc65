// The reports: each screen, and the file of the same figures, asks for one of these.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const trialBalanceDocument = graphql(`
  query TrialBalancePage($asOf: LocalDate, $all: Boolean) {
    me {
      acts
    }
    cooperative {
      slug
      today
    }
    trialBalance(asOf: $asOf) {
      asOf
      bookTotal
      taxTotal
      balanced
      lines(all: $all) {
        book
        tax
        account {
          id
          code
          name
          type
          member {
            displayName
          }
        }
      }
    }
  }
`);

const sectionFields = graphql(`
  fragment SectionFields on ReportSection {
    total {
      book
      tax
    }
    lines {
      book
      tax
      account {
        id
        code
        name
        member {
          displayName
        }
      }
    }
  }
`);

const sheetFields = graphql(
  `
    fragment SheetFields on BalanceSheet {
      asOf
      assets {
        ...SectionFields
      }
      liabilities {
        ...SectionFields
      }
      equity {
        ...SectionFields
      }
      netIncome {
        book
        tax
      }
      equityAndLiabilities {
        book
        tax
      }
    }
  `,
  [sectionFields],
);

export const balanceSheetDocument = graphql(
  `
    query BalanceSheetPage($asOf: LocalDate, $before: LocalDate, $compare: Boolean!) {
      me {
        acts
      }
      cooperative {
        slug
        today
      }
      now: balanceSheet(asOf: $asOf) {
        ...SheetFields
      }
      before: balanceSheet(asOf: $before) @include(if: $compare) {
        ...SheetFields
      }
    }
  `,
  [sheetFields],
);

const incomeFields = graphql(
  `
    fragment IncomeFields on IncomeStatement {
      from
      to
      revenue {
        ...SectionFields
      }
      expense {
        ...SectionFields
      }
      netIncome {
        book
        tax
      }
    }
  `,
  [sectionFields],
);

export const incomeStatementDocument = graphql(
  `
    query IncomeStatementPage($from: LocalDate, $to: LocalDate, $compare: Boolean!) {
      me {
        acts
      }
      cooperative {
        slug
        today
      }
      now: incomeStatement(from: $from, to: $to) {
        ...IncomeFields
      }
      before: incomeStatement(from: $from, to: $to, yearsBefore: 1) @include(if: $compare) {
        ...IncomeFields
      }
    }
  `,
  [incomeFields],
);

const cashFields = graphql(
  `
    fragment CashFields on CashFlow {
      from
      to
      opening {
        book
        tax
      }
      operating {
        ...SectionFields
      }
      investing {
        ...SectionFields
      }
      financing {
        ...SectionFields
      }
      change {
        book
        tax
      }
      closing {
        book
        tax
      }
    }
  `,
  [sectionFields],
);

export const cashFlowDocument = graphql(
  `
    query CashFlowPage($from: LocalDate, $to: LocalDate, $compare: Boolean!) {
      me {
        acts
      }
      cooperative {
        slug
      }
      now: cashFlow(from: $from, to: $to) {
        ...CashFields
      }
      before: cashFlow(from: $from, to: $to, yearsBefore: 1) @include(if: $compare) {
        ...CashFields
      }
    }
  `,
  [cashFields],
);

export const memberCapitalDocument = graphql(`
  query MemberCapitalPage($asOf: LocalDate) {
    me {
      acts
    }
    cooperative {
      slug
      today
    }
    memberCapital(asOf: $asOf) {
      book
      tax
      byCause {
        cause
        book
      }
      member {
        id
        number
        displayName
      }
    }
  }
`);

export type TrialBalance = ResultOf<typeof trialBalanceDocument>['trialBalance'];
export type BalanceSheet = ResultOf<typeof balanceSheetDocument>['now'];
export type IncomeStatement = ResultOf<typeof incomeStatementDocument>['now'];
export type CashFlow = ResultOf<typeof cashFlowDocument>['now'];
export type SectionLine = BalanceSheet['assets']['lines'][number];
export type MemberCapital = ResultOf<typeof memberCapitalDocument>['memberCapital'][number];
