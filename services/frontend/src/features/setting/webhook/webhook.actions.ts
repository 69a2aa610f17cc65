'use server';
// Registering, changing and stopping webhooks, and sending messages again. A secret is shown once, where it was asked for.
import type { ActionState } from '../../../lib/api/action-state.ts';
import type { Fault } from '../../../lib/api/fault.ts';
import { text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf } from '../ended.ts';
import {
  changeWebhookDocument,
  registerWebhookDocument,
  removeWebhookDocument,
  replayWebhookDeliveriesDocument,
  rotateWebhookSecretDocument,
  startWebhookDocument,
  stopWebhookDocument,
  testWebhookDocument,
} from './webhook.documents.ts';

const room = 'webhooks';
/** A list of boxes has no single place a fault could lead to. */
const placeOf = ({ field }: Fault) => (field === 'kinds' || field === 'deliveryIds' ? null : field);

const wishOf = (form: FormData) => ({
  name: text(form, 'name'),
  kinds: form.getAll('kinds').map(String),
  ...keyOf(form),
});
const whichOf = (form: FormData) => ({ webhookId: text(form, 'webhookId'), ...keyOf(form) });

/** Registers an address and shows its secret. */
export async function registerWebhook(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { ...wishOf(form), url: text(form, 'url') };
  const answer = await ask(registerWebhookDocument, { input });
  const secret = answer.ok ? answer.data.registerWebhook.secret : null;
  return secret === null
    ? endedIn(answer, form, room, 'webhookMade', placeOf)
    : { status: 'hand-over', link: secret };
}

/** Gives a webhook another secret and shows it; for the hours chosen both sign. */
export async function rotateWebhookSecret(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { ...whichOf(form), overlapHours: Number(text(form, 'overlapHours')) };
  const answer = await ask(rotateWebhookSecretDocument, { input });
  const secret = answer.ok ? answer.data.rotateWebhookSecret.secret : null;
  return secret === null
    ? endedIn(answer, form, room, 'webhookMade', placeOf)
    : { status: 'hand-over', link: secret };
}

/** Changes what a webhook is called and told of. */
export async function changeWebhook(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { ...wishOf(form), ...whichOf(form) };
  return endedIn(await ask(changeWebhookDocument, { input }), form, room, 'webhookChanged', placeOf);
}

type Which = ReturnType<typeof whichOf>;
const acts = {
  test: { send: (input: Which) => ask(testWebhookDocument, { input }), said: 'webhookTested' },
  stop: { send: (input: Which) => ask(stopWebhookDocument, { input }), said: 'webhookStopped' },
  start: { send: (input: Which) => ask(startWebhookDocument, { input }), said: 'webhookStarted' },
  remove: { send: (input: Which) => ask(removeWebhookDocument, { input }), said: 'webhookRemoved' },
} as const;

/** Tests, stops, starts or removes one, as its form says. */
export async function actOnWebhook(_: ActionState, form: FormData): Promise<ActionState> {
  const named = text(form, 'act');
  const { send, said } = acts[Object.hasOwn(acts, named) ? (named as keyof typeof acts) : 'test'];
  return endedIn<unknown>(await send(whichOf(form)), form, room, said, placeOf);
}

/** Sends the chosen messages again; with none chosen, everything that was given up. */
export async function replayDeliveries(_: ActionState, form: FormData): Promise<ActionState> {
  const chosen = form.getAll('deliveryIds').map(String);
  const input = { ...whichOf(form), deliveryIds: chosen.length === 0 ? null : chosen };
  return endedIn(
    await ask(replayWebhookDeliveriesDocument, { input }),
    form,
    room,
    'webhookReplayed',
    placeOf,
  );
}
