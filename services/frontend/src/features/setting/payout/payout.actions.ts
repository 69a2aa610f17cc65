'use server';
// Giving the account one is paid to, and taking it away.
import type { ActionState } from '../../../lib/api/action-state.ts';
import { optional, text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf } from '../ended.ts';
import { removePayoutAccountDocument, setPayoutAccountDocument } from './payout.documents.ts';

const room = 'me/payout';

/** Gives an account of the chosen kind: what stands in the fields of the other isn't sent. */
export async function setPayoutAccount(_: ActionState, form: FormData): Promise<ActionState> {
  const isAmerican = text(form, 'kind') === 'us';
  const number = isAmerican
    ? { routingNumber: optional(form, 'routingNumber'), accountNumber: optional(form, 'accountNumber') }
    : { iban: optional(form, 'iban') };
  const input = {
    holder: text(form, 'holder'),
    bankName: optional(form, 'bankName'),
    ...number,
    ...keyOf(form),
  };
  const answer = await ask(setPayoutAccountDocument, { input });
  // The fault of an empty form stands at the IBAN, which isn't shown where another kind is chosen.
  return endedIn(answer, form, room, 'payoutSet', ({ field }) =>
    isAmerican && field === 'iban' ? 'routingNumber' : field,
  );
}

/** From then on one is paid to no account. */
export async function removePayoutAccount(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(removePayoutAccountDocument, { input: keyOf(form) });
  return endedIn(answer, form, room, 'payoutRemoved');
}
