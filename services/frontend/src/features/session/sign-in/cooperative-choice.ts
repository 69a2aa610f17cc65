// The cooperatives the API names to whoever belongs to several, read from the refusal that asks which.
import { z } from 'zod';
import type { Fault } from '../../../lib/api/fault.ts';

const choices = z.array(z.object({ slug: z.string(), name: z.string() }));

export const cooperativesIn = ({ facts }: Fault): z.infer<typeof choices> =>
  choices.parse(JSON.parse(facts.cooperatives ?? '[]'));
