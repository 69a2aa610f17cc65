// Members: the directory, one of them with how they came to stand where they do, and each act on them.
import type { ResultOf } from '../../lib/api/graphql.ts';
import { graphql } from '../../lib/api/graphql.ts';

export const membersDocument = graphql(`
  query Members($search: String, $status: MemberStatus, $class: String, $after: String) {
    me {
      acts
    }
    memberClasses {
      class
      name
      retired
    }
    members(first: 50, by: NAME, search: $search, status: $status, class: $class, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          number
          displayName
          email
          status
          className
          joinedOn
          roles {
            role
          }
        }
      }
    }
  }
`);

export type MemberRow = ResultOf<typeof membersDocument>['members']['edges'][number]['node'];

export const memberDocument = graphql(`
  query MemberProfile($id: ID!) {
    mailIsSent
    me {
      acts
      member {
        id
      }
    }
    cooperative {
      currency
      timeZone
      today
    }
    memberClasses {
      class
      name
      retired
    }
    member(id: $id) {
      id
      number
      displayName
      legalName
      email
      status
      nextStatuses
      hasLogin
      hasSecondFactor
      hasPasskey
      invitation {
        email
        expiresAt
      }
      class
      className
      joinedOn
      droAmount
      capital {
        book
        tax
      }
      roles {
        ...RoleFacts
      }
      formerRoles {
        ...RoleFacts
      }
      history {
        act
        from
        to
        reason
        at
        by {
          displayName
        }
      }
    }
    contributions(memberId: $id, first: 6) {
      totalCount
      edges {
        node {
          id
          workedOn
          description
          kind
          quantity
          unit
          value
          status
        }
      }
    }
  }

  fragment RoleFacts on RoleAssignment {
    id
    role
    reason
    reasonCode
    grantedAt
    expiresOn
    kinds
    categories
    limit
    endedAt
    endReason
    grantedBy {
      displayName
    }
  }
`);

export type MemberPage = ResultOf<typeof memberDocument>;
export type MemberProfile = NonNullable<MemberPage['member']>;

export const newMemberDocument = graphql(`
  query NewMember {
    me {
      acts
    }
    cooperative {
      today
      currency
    }
    memberClasses {
      class
      name
      retired
    }
  }
`);

export const addMemberDocument = graphql(`
  mutation AddMember($input: AddMemberInput!) {
    addMember(input: $input) {
      member {
        id
      }
    }
  }
`);

export const changeMemberDocument = graphql(`
  mutation ChangeMember($input: ChangeMemberInput!) {
    changeMember(input: $input) {
      member {
        id
      }
    }
  }
`);

export const changeMemberStatusDocument = graphql(`
  mutation ChangeMemberStatus($input: ChangeMemberStatusInput!) {
    changeMemberStatus(input: $input) {
      member {
        id
      }
    }
  }
`);

export const assignRoleDocument = graphql(`
  mutation AssignRole($input: AssignRoleInput!) {
    assignRole(input: $input) {
      member {
        id
      }
    }
  }
`);

export const revokeRoleDocument = graphql(`
  mutation RevokeRole($input: RevokeRoleInput!) {
    revokeRole(input: $input) {
      member {
        id
      }
    }
  }
`);

export const inviteMemberDocument = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      link
    }
  }
`);

export const revokeInvitationDocument = graphql(`
  mutation RevokeInvitation($input: RevokeInvitationInput!) {
    revokeInvitation(input: $input) {
      __typename
    }
  }
`);

export const makeResetLinkDocument = graphql(`
  mutation MakeResetLink($input: MakeResetLinkInput!) {
    makeResetLink(input: $input) {
      link
    }
  }
`);

export const resetSecondFactorDocument = graphql(`
  mutation ResetSecondFactor($input: ResetSecondFactorInput!) {
    resetSecondFactor(input: $input) {
      __typename
    }
  }
`);
