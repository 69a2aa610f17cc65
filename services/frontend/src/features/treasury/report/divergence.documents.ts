// Where book and tax differ: the page, and the files of the same figures, ask for this.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

export const divergenceDocument = graphql(`
  query DivergencePage($asOf: LocalDate) {
    me {
      acts
    }
    cooperative {
      slug
    }
    divergence(asOf: $asOf) {
      asOf
      lines {
        book
        tax
        difference
        account {
          id
          code
          name
          member {
            displayName
          }
        }
      }
      members {
        book
        tax
        difference
        builtInGain
        member {
          id
          displayName
        }
        layers {
          effectiveOn
          book
          tax
          builtInGain
          account {
            id
            code
            name
            member {
              displayName
            }
          }
          transaction {
            id
            number
            description
          }
        }
      }
    }
  }
`);

export type Divergence = ResultOf<typeof divergenceDocument>['divergence'];
