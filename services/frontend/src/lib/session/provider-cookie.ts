// What a browser keeps while its person is at the provider: the request it was sent with, and where to go on afterwards. An
// answer that comes to a browser without it was asked for by somebody else.
import { z } from 'zod';

export const providerCookie = 'habitat_provider';

/** The challenge between the provider's answer and the code of a second factor. */
export const challengeCookie = 'habitat_challenge';

/** What somebody of several cooperatives chooses among once the provider has named them, with the proof of that. */
export const choiceCookie = 'habitat_choice';

/** As long as the API waits for an answer, and for a code. */
export const stepSeconds = 300;

const kept = z.object({ state: z.string(), returnTo: z.string(), links: z.boolean() });
export type KeptRequest = z.infer<typeof kept>;

const choice = z.object({
  proof: z.string(),
  cooperatives: z.array(z.object({ slug: z.string(), name: z.string() })),
});
export type KeptChoice = z.infer<typeof choice>;

function read<Kept>(form: z.ZodType<Kept>, text: string | undefined): Kept | null {
  try {
    return form.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

export const readKeptRequest = (text: string | undefined): KeptRequest | null => read(kept, text);
export const readKeptChoice = (text: string | undefined): KeptChoice | null => read(choice, text);
