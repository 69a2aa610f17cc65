// The audit trail for auditors and administrators: a page of it, where the chain ends, and on request a walk over all of it.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

// GraphQL has every operation declare its variables itself; where they go is said once.
const entriesFragment = graphql(`
  fragment AuditEntries on Query {
    auditTrail(
      first: $first
      command: $command
      actorId: $actorId
      subjectId: $subjectId
      rule: $rule
      from: $from
      until: $until
      after: $after
    ) {
      edges {
        node {
          sequence
          hash
          recordedAt
          type
          command
          actorKind
          actor {
            id
            displayName
          }
          keyName
          subjectType
          subjectId
          sessionId
          correlationId
          rules
          details {
            name
            value
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const auditDocument = graphql(
  `
    query Audit(
      $first: Int
      $command: String
      $actorId: ID
      $subjectId: String
      $rule: String
      $from: LocalDate
      $until: LocalDate
      $after: String
      $check: Boolean!
      $sequence: Int
      $hash: String
    ) {
      me {
        acts
      }
      cooperative {
        timeZone
      }
      members(first: 200, by: NAME) {
        edges {
          node {
            id
            displayName
          }
        }
      }
      auditHead {
        sequence
        hash
        sealedAt
        unsealed
        commands
        rules
        keyFingerprint
      }
      auditVerdict(sequence: $sequence, hash: $hash) @include(if: $check) {
        soundTo
        neverSealed
        fault {
          code
          sequence
        }
      }
      ...AuditEntries
    }
  `,
  [entriesFragment],
);

/** The same entries by themselves, as a file takes them. */
export const auditEntriesDocument = graphql(
  `
    query AuditEntries(
      $first: Int
      $command: String
      $actorId: ID
      $subjectId: String
      $rule: String
      $from: LocalDate
      $until: LocalDate
      $after: String
    ) {
      cooperative {
        today
      }
      ...AuditEntries
    }
  `,
  [entriesFragment],
);

type Audit = ResultOf<typeof auditDocument>;
export type AuditEntry = Audit['auditTrail']['edges'][number]['node'];
export type AuditHead = Audit['auditHead'];
export type AuditVerdict = NonNullable<Audit['auditVerdict']>;
export type AuditMember = Audit['members']['edges'][number]['node'];
