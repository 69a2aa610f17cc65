// Rates, approval, contributions and classes: what is in force, its history, and what a form of theirs needs.
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { graphql } from '../../../lib/api/graphql.ts';

const policyStep = graphql(`
  fragment PolicyStep on PolicyVersion {
    version
    effectiveOn
    rationale
    setAt
    setBy {
      displayName
    }
  }
`);

export const ratesDocument = graphql(`
  query Rates {
    me {
      acts
      displayName
    }
    cooperative {
      timeZone
      today
      currency
    }
    contributionPolicy {
      noticeDays
    }
    valuationRules {
      id
      kind
      category
      member {
        displayName
      }
      version
      effectiveFrom
      method
      rate
      fixedValue
      expression
      rationale
      inForce
      ended
      noticeWaived
      setAt
      setBy {
        displayName
      }
      viewerMayConfirm
    }
  }
`);

export type RatesRoom = ResultOf<typeof ratesDocument>;
export type Rule = RatesRoom['valuationRules'][number];

export const rateFormDocument = graphql(`
  query RateForm {
    me {
      acts
    }
    cooperative {
      today
      currency
    }
    contributionPolicy {
      noticeDays
    }
    members(first: 200, by: NAME, status: ACTIVE) {
      edges {
        node {
          id
          displayName
        }
      }
    }
  }
`);

const peerRuleFields = graphql(`
  fragment PeerRuleFields on PeerRule {
    kind
    category
    peers
    days
    onTimeout
    role
    sameClass
  }
`);

export const approvalDocument = graphql(
  `
    query Approval {
      me {
        acts
        isPeer
        displayName
      }
      cooperative {
        timeZone
        today
        currency
        currencyDigits
        hasSecondAdministrator
      }
      approvalPolicy {
        version
        effectiveOn
        rationale
        setAt
        setBy {
          displayName
        }
        twoApproversFrom
        inKindTwoApproversFrom
        staleDays
        secondPersonDays
        fallback {
          displayName
        }
        routes {
          kind
          category
          withinDays
          approver {
            id
            displayName
          }
          backup {
            id
            displayName
          }
        }
        peerRules {
          ...PeerRuleFields
        }
        autoApprovalRules {
          id
          version
          kind
          category
          maxQuantityPerWeek
          verifiedSourceOnly
          active
        }
      }
      approvalPolicyRequests {
        id
        rationale
        setAt
        setBy {
          displayName
        }
        viewerMay
        policy {
          effectiveOn
          twoApproversFrom
          inKindTwoApproversFrom
          staleDays
          secondPersonDays
          fallback {
            displayName
          }
          peerRules {
            ...PeerRuleFields
          }
        }
        rule {
          kind
          category
          maxQuantityPerWeek
          verifiedSourceOnly
        }
      }
      policyVersions(topic: APPROVAL) {
        ...PolicyStep
      }
    }
  `,
  [policyStep, peerRuleFields],
);

export type ApprovalRoom = ResultOf<typeof approvalDocument>;
export type ApprovalRequest = ApprovalRoom['approvalPolicyRequests'][number];

export const approvalFormDocument = graphql(
  `
    query ApprovalForm {
      me {
        acts
      }
      cooperative {
        today
        currency
        hasSecondAdministrator
      }
      approvalPolicy {
        twoApproversFrom
        inKindTwoApproversFrom
        staleDays
        secondPersonDays
        fallback {
          id
        }
        routes {
          kind
          category
          withinDays
          approver {
            id
          }
          backup {
            id
          }
        }
        peerRules {
          ...PeerRuleFields
        }
        autoApprovalRules {
          id
          kind
          category
          maxQuantityPerWeek
          verifiedSourceOnly
          active
        }
      }
      members(first: 200, by: NAME, status: ACTIVE) {
        edges {
          node {
            id
            displayName
          }
        }
      }
    }
  `,
  [peerRuleFields],
);

export type ApprovalFormRoom = ResultOf<typeof approvalFormDocument>;

export const contributionPolicyDocument = graphql(
  `
    query ContributionPolicy {
      me {
        acts
      }
      cooperative {
        timeZone
        today
        currency
      }
      servicesTaxPolicy {
        method
        percent
        rationale
        version
      }
      contributionPolicy {
        version
        kinds {
          kind
          treatment
          patronageCategory
        }
        graceDays
        noticeDays
        comparablesFrom
        appraisalAbove
      }
      policyVersions(topic: CONTRIBUTION) {
        ...PolicyStep
      }
    }
  `,
  [policyStep],
);

export type ContributionRoom = ResultOf<typeof contributionPolicyDocument>;

export const classesDocument = graphql(
  `
    query Classes {
      me {
        acts
      }
      cooperative {
        timeZone
        today
      }
      memberClasses {
        class
        name
        members
        retired
      }
      policyVersions(topic: MEMBER_CLASS) {
        ...PolicyStep
      }
    }
  `,
  [policyStep],
);
