// What a browser keeps while its person is at the provider: the request it was sent with, and where to go on afterwards. An
// answer that comes to a browser without it was asked for by somebody else.
import { z } from 'zod';

export const providerCookie = 'habitat_provider';

/** The challenge between the provider's answer and the code of a second factor. */
export const challengeCookie = 'habitat_challenge';

/** The proof that the provider named somebody of several cooperatives; the list is asked for anew, as it may be long. */
export const choiceCookie = 'habitat_choice';

/** As long as the API waits for an answer, and for a code. */
export const stepSeconds = 300;

const kept = z.object({ state: z.string(), returnTo: z.string(), links: z.boolean() });
export type KeptRequest = z.infer<typeof kept>;

export function readKeptRequest(text: string | undefined): KeptRequest | null {
  try {
    return kept.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
