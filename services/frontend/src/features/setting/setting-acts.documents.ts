// The acts of the settings. Each answers with as little as its page needs: the page is read anew afterwards.
import { graphql } from '../../lib/api/graphql.ts';

export const setWeightsDocument = graphql(`
  mutation SetWeights($input: SetWeightsInput!) {
    setWeights(input: $input) {
      needsSecond
    }
  }
`);

export const setAgreementPoliciesDocument = graphql(`
  mutation SetAgreementPolicies($input: SetAgreementPoliciesInput!) {
    setAgreementPolicies(input: $input) {
      needsSecond
    }
  }
`);

export const decideTermsDocument = graphql(`
  mutation DecideTerms($input: DecideTermsInput!) {
    decideTerms(input: $input) {
      termsId
    }
  }
`);

export const setValuationRuleDocument = graphql(`
  mutation SetValuationRule($input: SetValuationRuleInput!) {
    setValuationRule(input: $input) {
      inForce
    }
  }
`);

export const confirmValuationRuleDocument = graphql(`
  mutation ConfirmValuationRule($input: ConfirmValuationRuleInput!) {
    confirmValuationRule(input: $input) {
      inForce
    }
  }
`);

export const setApprovalPolicyDocument = graphql(`
  mutation SetApprovalPolicy($input: SetApprovalPolicyInput!) {
    setApprovalPolicy(input: $input) {
      needsSecond
    }
  }
`);

export const setAutoApprovalRuleDocument = graphql(`
  mutation SetAutoApprovalRule($input: SetAutoApprovalRuleInput!) {
    setAutoApprovalRule(input: $input) {
      needsSecond
    }
  }
`);

export const decideApprovalPolicyRequestDocument = graphql(`
  mutation DecideApprovalPolicyRequest($input: DecideApprovalPolicyRequestInput!) {
    decideApprovalPolicyRequest(input: $input) {
      version
    }
  }
`);

export const changeContributionPolicyDocument = graphql(`
  mutation ChangeContributionPolicy($input: ChangeContributionPolicyInput!) {
    changeContributionPolicy(input: $input) {
      version
    }
  }
`);

export const setServicesTaxPolicyDocument = graphql(`
  mutation SetServicesTaxPolicy($input: SetServicesTaxPolicyInput!) {
    setServicesTaxPolicy(input: $input) {
      version
    }
  }
`);

export const addMemberClassDocument = graphql(`
  mutation AddMemberClass($input: AddMemberClassInput!) {
    addMemberClass(input: $input) {
      version
    }
  }
`);

export const renameMemberClassDocument = graphql(`
  mutation RenameMemberClass($input: RenameMemberClassInput!) {
    renameMemberClass(input: $input) {
      version
    }
  }
`);

export const retireMemberClassDocument = graphql(`
  mutation RetireMemberClass($input: RetireMemberClassInput!) {
    retireMemberClass(input: $input) {
      version
    }
  }
`);

export const changeCooperativeDocument = graphql(`
  mutation ChangeCooperative($input: ChangeCooperativeInput!) {
    changeCooperative(input: $input) {
      cooperative {
        name
      }
    }
  }
`);
