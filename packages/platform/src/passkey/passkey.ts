// Passkeys (WebAuthn): what we ask of a browser, and whether what its device signed is right. The private half never
// leaves the device, and the device itself asks for a finger, a face or a number: one act proves two things.
import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  VerifiedRegistrationResponse,
} from '@simplewebauthn/server';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Secrets } from '../secret/sealed.ts';
import type { ChallengePurpose } from '../secret/challenge.ts';
import { endOfChallenge, newChallenge, CHALLENGE_LIFE_SECONDS } from '../secret/challenge.ts';

export const MOST_PASSKEYS = 20;
export const LONGEST_NAME = 60;

/** Who asks for passkeys: browsers give one only to the site it was made for. */
export interface PasskeySettings {
  readonly secrets: Secrets;
  /** Where the pages are reached from outside; its host is what passkeys belong to. */
  readonly publicUrl: string;
}

/** A passkey as its owner sees it. */
export interface Passkey {
  readonly passkeyId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What is kept to check a signature. */
export interface StoredPasskey {
  readonly passkeyId: string;
  readonly loginId: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly signCount: bigint;
}

/** A challenge that was answered as it should be; it still has to be used up. */
interface Answered {
  readonly challenge: string;
  readonly expiresAt: Date;
}

export type ProvenPasskey = Answered & { readonly passkey: StoredPasskey; readonly signCount: bigint };
export type NewPasskey = Answered & Pick<StoredPasskey, 'credentialId' | 'publicKey' | 'signCount'>;

/** What `navigator.credentials.create` is asked for. */
export async function creationOptions(
  { secrets, publicUrl }: PasskeySettings,
  person: { readonly loginId: string; readonly email: string; readonly displayName: string },
  known: readonly string[],
  now: Date,
): Promise<string> {
  const options = await generateRegistrationOptions({
    rpName: 'Habitat',
    rpID: new URL(publicUrl).hostname,
    userID: new Uint8Array(Buffer.from(person.loginId.replaceAll('-', ''), 'hex')),
    userName: person.email,
    userDisplayName: person.displayName,
    challenge: newChallenge(secrets, `add:${person.loginId}`, now),
    timeout: CHALLENGE_LIFE_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    // Found on the device without a name typed, and never without its owner's finger, face or number.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return JSON.stringify(options);
}

/** What `navigator.credentials.get` is asked for; the same for everybody, so it tells nothing of anybody. */
export async function requestOptions({ secrets, publicUrl }: PasskeySettings, now: Date): Promise<string> {
  const options = await generateAuthenticationOptions({
    rpID: new URL(publicUrl).hostname,
    challenge: newChallenge(secrets, 'sign-in', now),
    timeout: CHALLENGE_LIFE_SECONDS * 1000,
    userVerification: 'required',
  });
  return JSON.stringify(options);
}

/** What a browser sent, as far as its form goes; null for what is not even a credential. */
export function readCredential(text: string): { readonly id: string } | null {
  try {
    const read: unknown = JSON.parse(text);
    const isCredential = typeof read === 'object' && read !== null && 'id' in read;
    return isCredential && typeof read.id === 'string' ? (read as { id: string }) : null;
  } catch {
    return null;
  }
}

/** The checks both ceremonies share, and the challenge they find. */
function expected({ secrets, publicUrl }: PasskeySettings, purpose: ChallengePurpose, now: Date) {
  const found: { answered: Answered | null } = { answered: null };
  const { hostname, origin } = new URL(publicUrl);
  const checks = {
    expectedChallenge: (challenge: string) => {
      const expiresAt = endOfChallenge(secrets, purpose, challenge, now);
      found.answered = expiresAt === null ? null : { challenge, expiresAt };
      return found.answered !== null;
    },
    expectedOrigin: origin,
    expectedRPID: hostname,
    requireUserVerification: true,
  };
  return { checks, found };
}

/** The new passkey a device made for this account; null when anything about it is not as it should be. */
export async function verifyCreation(
  settings: PasskeySettings,
  loginId: string,
  credential: { readonly id: string },
  now: Date,
): Promise<NewPasskey | null> {
  const { checks, found } = expected(settings, `add:${loginId}`, now);
  let verified: VerifiedRegistrationResponse;
  try {
    const response = credential as RegistrationResponseJSON;
    verified = await verifyRegistrationResponse({ response, ...checks });
  } catch {
    // The library throws whatever is wrong with what a browser sent; nothing of ours fails in there.
    return null;
  }
  if (!verified.verified || found.answered === null) return null;
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  return {
    ...found.answered,
    credentialId: id,
    publicKey: Buffer.from(publicKey),
    signCount: BigInt(counter),
  };
}

/** What `navigator.credentials.get` is asked for to prove once more who is there: a passkey of this account. */
export async function proofOptions(
  { secrets, publicUrl }: PasskeySettings,
  loginId: string,
  known: readonly string[],
  now: Date,
): Promise<string> {
  const options = await generateAuthenticationOptions({
    rpID: new URL(publicUrl).hostname,
    challenge: newChallenge(secrets, `prove:${loginId}`, now),
    timeout: CHALLENGE_LIFE_SECONDS * 1000,
    allowCredentials: known.map((id) => ({ id })),
    userVerification: 'required',
  });
  return JSON.stringify(options);
}

/** What a device signed with a passkey we know; null when anything about it is not as it should be. */
export async function verifyUse(
  settings: PasskeySettings,
  purpose: ChallengePurpose,
  passkey: StoredPasskey,
  credential: { readonly id: string },
  now: Date,
): Promise<ProvenPasskey | null> {
  const { checks, found } = expected(settings, purpose, now);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: credential as AuthenticationResponseJSON,
      ...checks,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        // Refused unless it grew: a device that was copied is found by it.
        counter: Number(passkey.signCount),
      },
    });
    if (!verified || found.answered === null) return null;
    return { ...found.answered, passkey, signCount: BigInt(authenticationInfo.newCounter) };
  } catch {
    // As above.
    return null;
  }
}
