// One member's capital: what it is made of and every step it took. For those who see all members' capital.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const oneCapitalDocument = graphql(`
  query OneCapitalPage($id: ID!) {
    me {
      acts
    }
    cooperative {
      slug
      today
      currency
    }
    member(id: $id) {
      id
      number
      displayName
      class
      capital {
        book
        tax
        byCause {
          cause
          book
          tax
        }
      }
      capitalHistory {
        on
        book
        tax
        cause
        label
      }
    }
  }
`);

export type OneCapital = NonNullable<ResultOf<typeof oneCapitalDocument>['member']>;
