'use server';
// Signing in and out. The tokens go from the API into cookies no script can read, and nowhere else.
import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { VariablesOf } from '../../lib/api/graphql.ts';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import type { Fault } from '../../lib/api/fault.ts';
import { optional, text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask, send } from '../../lib/api/request.ts';
import type { Language } from '@habitat/kernel';
import { isLanguage } from '@habitat/kernel';
import type { SessionTokens } from '../../lib/session/cookie.ts';
import { accessCookie, memberCookie, refreshCookie } from '../../lib/session/cookie.ts';
import { challengeCookie, choiceCookie } from '../../lib/session/provider-cookie.ts';
import { returnPath } from '../../lib/session/return-path.ts';
import { keepLook, keepSession } from './keep-session.ts';
import {
  completeSignInDocument,
  keepPreferencesDocument,
  passkeyProofDocument,
  passkeyRequestDocument,
  reauthenticateDocument,
  reauthenticateWithPasskeyDocument,
  signInDocument,
  signInWithPasskeyDocument,
  signOutDocument,
  switchCooperativeDocument,
} from './session.documents.ts';
import { cooperativesIn } from './sign-in/cooperative-choice.ts';
import { chooseCooperativeDocument } from './sign-in/provider.documents.ts';

/** What a device signed, or the proof of what the provider said. */
export type Sent = { name: 'passkey' | 'proof'; value: string };

export type SignInState =
  | { status: 'idle' }
  /** `sent`: what stands for the password and is sent again with the choice; null where a password was given. */
  | { status: 'choose'; cooperatives: readonly { slug: string; name: string }[]; sent: Sent | null }
  /** The password, or the answer of the provider, was right; `wrong` after a code that wasn't. */
  | { status: 'second'; challenge: string; by: 'password' | 'provider'; wrong: boolean }
  | {
      status: 'refused';
      reason: 'MISSING' | 'WRONG' | 'PASSKEY' | 'OVER' | 'TOO_MANY' | 'UNREACHABLE' | 'OURS';
      code: string | null;
    };

const refused = (
  reason: Extract<SignInState, { status: 'refused' }>['reason'],
  code: string | null = null,
): SignInState => ({ status: 'refused', reason, code });

function refusedFor(fault: Fault, otherwise: 'WRONG' | 'PASSKEY' | 'OVER'): SignInState {
  if (fault.kind === 'too-many') return refused('TOO_MANY');
  if (fault.kind === 'unreachable') return refused('UNREACHABLE', fault.correlationId);
  return fault.kind === 'internal' ? refused('OURS', fault.correlationId) : refused(otherwise);
}

async function enter(tokens: SessionTokens, form: FormData): Promise<never> {
  await keepSession(tokens);
  const jar = await cookies();
  jar.delete(challengeCookie);
  jar.delete(choiceCookie);
  redirect(returnPath(String(form.get('return') ?? '')));
}

/** The second step: a code beside the proof that the password was right. */
async function giveCode(challenge: string, form: FormData): Promise<SignInState> {
  const input = { challenge, code: text(form, 'code') };
  const answer = await send(completeSignInDocument, { input }, randomUUID());
  if (answer.ok) return enter(answer.data.completeSignIn, form);
  const [fault] = answer.faults;
  const by = text(form, 'by') === 'provider' ? 'provider' : 'password';
  if (fault.kind === 'refused') return { status: 'second', challenge, by, wrong: true };
  return refusedFor(fault, 'OVER');
}

const choiceOf = (fault: Fault, sent: Sent | null): SignInState => ({
  status: 'choose',
  cooperatives: cooperativesIn(fault),
  sent,
});

/** What a device is asked to sign; null when the API cannot be reached. */
export async function passkeyRequest(): Promise<string | null> {
  const answer = await send(passkeyRequestDocument, {}, randomUUID());
  return answer.ok ? answer.data.passkeyRequest : null;
}

/** What a device signed stands for email, password and code. */
async function givePasskey(credential: string, form: FormData): Promise<SignInState> {
  const cooperativeSlug = optional(form, 'cooperativeSlug');
  const answer = await send(
    signInWithPasskeyDocument,
    { input: { credential, cooperativeSlug } },
    randomUUID(),
  );
  if (answer.ok) return enter(answer.data.signInWithPasskey, form);
  const [fault] = answer.faults;
  return fault.reason === 'CHOOSE_COOPERATIVE'
    ? choiceOf(fault, { name: 'passkey', value: credential })
    : refusedFor(fault, 'PASSKEY');
}

/** The choice of whom the provider named. */
async function giveChoice(proof: string, form: FormData): Promise<SignInState> {
  const input = { proof, cooperativeSlug: text(form, 'cooperativeSlug') };
  const answer = await send(chooseCooperativeDocument, { input }, randomUUID());
  if (answer.ok) return enter(answer.data.chooseCooperative, form);
  const [fault] = answer.faults;
  if (fault.reason !== 'SECOND_FACTOR_REQUIRED') return refusedFor(fault, 'OVER');
  return { status: 'second', challenge: fault.facts.challenge ?? '', by: 'provider', wrong: false };
}

/** Trades email and password for a session and goes where the person wanted to. Which of the two was wrong is not told. */
export async function signIn(_: SignInState, form: FormData): Promise<SignInState> {
  const challenge = text(form, 'challenge');
  if (challenge) return giveCode(challenge, form);
  const passkey = text(form, 'passkey');
  if (passkey) return givePasskey(passkey, form);
  const proof = text(form, 'proof');
  if (proof) return giveChoice(proof, form);
  const email = String(form.get('email') ?? '').trim();
  const password = String(form.get('password') ?? '');
  if (!email || !password) return refused('MISSING');

  const cooperativeSlug = String(form.get('cooperativeSlug') ?? '') || null;
  const answer = await send(signInDocument, { input: { email, password, cooperativeSlug } }, randomUUID());
  if (!answer.ok) {
    const [fault] = answer.faults;
    if (fault.reason === 'CHOOSE_COOPERATIVE') return choiceOf(fault, null);
    if (fault.reason === 'SECOND_FACTOR_REQUIRED') {
      return { status: 'second', challenge: fault.facts.challenge ?? '', by: 'password', wrong: false };
    }
    return refusedFor(fault, 'WRONG');
  }
  return enter(answer.data.signIn, form);
}

/** Proves once more who is here and goes back to the form that asked for it. */
export async function confirmIdentity(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { password: String(form.get('password') ?? ''), code: optional(form, 'code') };
  const answer = await ask(reauthenticateDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  redirect(returnPath(text(form, 'return')));
}

/** What a device is asked to sign to prove who is here; null where there is no passkey to ask for. */
export async function passkeyProof(): Promise<string | null> {
  const answer = await ask(passkeyProofDocument, {});
  return answer.ok ? answer.data.me.passkeyProof : null;
}

/** The same proof by what a device signed. */
export async function confirmWithPasskey(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { credential: text(form, 'passkey') };
  const answer = await ask(reauthenticateWithPasskeyDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  redirect(returnPath(text(form, 'return')));
}

/** Goes over to another cooperative: its own session takes the place of this one. */
export async function switchCooperative(form: FormData): Promise<void> {
  const input = { cooperativeSlug: text(form, 'cooperativeSlug') };
  const answer = await ask(switchCooperativeDocument, { input });
  // Refused when the membership ended meanwhile: the frame is drawn anew and says where one belongs now.
  if (answer.ok) await keepSession(answer.data.switchCooperative);
  revalidatePath('/', 'layout');
  redirect('/');
}

/** Ends the session at the API and on this device; the device forgets it even when the API cannot be reached. */
export async function signOut(): Promise<void> {
  const jar = await cookies();
  const refreshToken = jar.get(refreshCookie)?.value;
  if (refreshToken) {
    await send(signOutDocument, { input: { refreshToken } }, randomUUID(), jar.get(accessCookie)?.value);
  }
  jar.delete(accessCookie);
  jar.delete(refreshCookie);
  jar.delete(memberCookie);
  redirect('/sign-in');
}

/** Keeps the wanted theme on this device and with the login; "system" follows the device itself. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = String(form.get('theme') ?? '');
  if (!isTheme(theme)) return;
  await keepLook({ theme });
  await keepWithLogin({ theme: themeNames[theme] });
}

/** Keeps the wanted language on this device and with the login. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const language = String(form.get('language') ?? '');
  if (!isLanguage(language)) return;
  await keepLook({ language });
  await keepWithLogin({ locale: localeNames[language] });
  revalidatePath('/', 'layout');
}

const themeNames = { system: 'SYSTEM', light: 'LIGHT', dark: 'DARK' } as const;
const localeNames = { en: 'EN', es: 'ES' } as const satisfies Record<Language, string>;
const isTheme = (name: string): name is keyof typeof themeNames => name in themeNames;

/** On the sign-in page nobody is signed in yet: then only this device remembers. */
async function keepWithLogin(input: VariablesOf<typeof keepPreferencesDocument>['input']): Promise<void> {
  if ((await cookies()).has(accessCookie)) await ask(keepPreferencesDocument, { input });
}
