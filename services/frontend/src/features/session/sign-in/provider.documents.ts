// The documents of signing in at a provider, and of linking who one is there.
import { graphql } from '../../../lib/api/graphql.ts';

export const providerDocument = graphql(`
  query Provider {
    provider
  }
`);

export const providerRequestDocument = graphql(`
  query ProviderRequest {
    providerRequest {
      url
      state
    }
  }
`);

export const requestIdentityLinkDocument = graphql(`
  mutation RequestIdentityLink($input: RequestIdentityLinkInput!) {
    requestIdentityLink(input: $input) {
      request {
        url
        state
      }
    }
  }
`);

export const signInWithProviderDocument = graphql(`
  mutation SignInWithProvider($input: SignInWithProviderInput!) {
    signInWithProvider(input: $input) {
      accessToken
      refreshToken
    }
  }
`);

export const chooseCooperativeDocument = graphql(`
  mutation ChooseCooperative($input: ChooseCooperativeInput!) {
    chooseCooperative(input: $input) {
      accessToken
      refreshToken
    }
  }
`);

export const linkIdentityDocument = graphql(`
  mutation LinkIdentity($input: LinkIdentityInput!) {
    linkIdentity(input: $input) {
      __typename
    }
  }
`);
