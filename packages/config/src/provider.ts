// The OpenID Connect provider people may sign in with, as the environment names it: whole, or not at all.
import { z } from 'zod';
import type { ConfigFault } from './environment.ts';
import { addressOf } from './value.ts';

/** What names it. */
export const providerSettings = {
  OIDC_ISSUER: {
    description:
      'Issuer of the OpenID Connect provider people may sign in with, beside passwords and passkeys; left out: none. http only on this machine.',
    schema: addressOf(['https', 'http'], 'https://id.example.org')
      .refine(
        (text) =>
          !URL.canParse(text) ||
          new URL(text).protocol === 'https:' ||
          /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(text).hostname),
        'must begin with https://, unless it is on this machine',
      )
      .optional(),
  },
  OIDC_CLIENT_ID: {
    description:
      'What the provider knows Habitat by; its address to come back to is PUBLIC_URL/sign-in/provider/back.',
    schema: z.string().optional(),
  },
  OIDC_CLIENT_SECRET: {
    description: 'What Habitat shows the provider; left out for a public client.',
    schema: z.string().optional(),
    secret: true,
  },
  OIDC_LABEL: {
    description: 'What people know the provider by: "Sign in with …".',
    schema: z.string().max(60, 'must be at most 60 characters long').optional(),
    defaultText: 'the host of OIDC_ISSUER',
  },
};

interface ProviderValues {
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
  readonly OIDC_LABEL?: string | undefined;
  readonly PUBLIC_URL?: string | undefined;
}

/** What is missing of a provider that was named. */
export function providerFaults(values: ProviderValues): ConfigFault[] {
  if (values.OIDC_ISSUER === undefined) return [];
  return (['OIDC_CLIENT_ID', 'PUBLIC_URL'] as const)
    .filter((name) => values[name] === undefined)
    .map((name) => ({ name, problem: 'is required when OIDC_ISSUER is set' }));
}

/** The provider people may sign in with; null where there is none. */
export function providerConfig(values: ProviderValues) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: secret } = values;
  if (issuer === undefined || clientId === undefined) return null;
  const label = values.OIDC_LABEL ?? new URL(issuer).host;
  return { issuer, clientId, clientSecret: secret ?? null, label };
}
