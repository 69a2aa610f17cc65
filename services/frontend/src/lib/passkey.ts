// What a browser does with passkeys, in its own words (WebAuthn Level 3). Nothing here knows whom a passkey belongs to.
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Whether this browser has passkeys; null on the server and until the page has come alive, when nobody knows. */
export function useHasPasskeys(): boolean | null {
  return useSyncExternalStore(never, canUsePasskeys, () => null);
}

/** What the device answered, as JSON; null when its owner said no, or it had nothing to answer with. */
async function answerOf(asked: () => Promise<Credential | null>): Promise<string | null> {
  try {
    const credential = await asked();
    return credential instanceof PublicKeyCredential ? JSON.stringify(credential.toJSON()) : null;
  } catch (fault) {
    if (fault instanceof DOMException) return null;
    throw fault;
  }
}

/** Lets the device sign with a passkey of this site. */
export function signWithPasskey(options: string): Promise<string | null> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    JSON.parse(options) as PublicKeyCredentialRequestOptionsJSON,
  );
  return answerOf(() => navigator.credentials.get({ publicKey }));
}

/** Lets the device make a passkey for this site. */
export function makePasskey(options: string): Promise<string | null> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    JSON.parse(options) as PublicKeyCredentialCreationOptionsJSON,
  );
  return answerOf(() => navigator.credentials.create({ publicKey }));
}
