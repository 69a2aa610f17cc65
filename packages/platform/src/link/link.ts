// Links by mail: whoever holds one may do one thing, once, for a while. The token is derived from the link's id and the
// operator's secret, so that it stands in no table, event or log and the worker can still write it into a mail.
import { createHmac } from 'node:crypto';
import type { LOCALES } from '../preference/preference.ts';
import { derivedKey } from '../secret/derived-key.ts';
import type { Secrets } from '../secret/sealed.ts';
import { secretHash } from '../secret/tenant-token.ts';

export type LinkPurpose = 'invitation' | 'password_reset' | 'email_change' | 'email_undo';

const DAY = 86_400;

/** How long a link works, in seconds. */
export const LINK_SECONDS: Readonly<Record<LinkPurpose, number>> = {
  invitation: 14 * DAY,
  password_reset: 3_600,
  email_change: DAY,
  email_undo: 7 * DAY,
};

/** How links are made and sent. */
export interface LinkSettings {
  /** The operator's secrets: the first one makes tokens, older ones may have made those still to be sent. */
  readonly secrets: Secrets;
  /** Where the pages are reached from outside. */
  readonly publicUrl: string;
  /** False where no mail server is set: then an administrator hands links over. */
  readonly isMailed: boolean;
}

export type LinkLanguage = (typeof LOCALES)[number];

/** A link as stored. */
export interface Link {
  readonly cooperativeId: string;
  readonly linkId: string;
  readonly purpose: LinkPurpose;
  readonly tokenHash: string;
  readonly memberId: string;
  readonly loginId: string | null;
  readonly email: string;
  readonly displayName: string;
  readonly language: LinkLanguage;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
}

type LinkName = Pick<Link, 'cooperativeId' | 'linkId' | 'purpose'>;

/** The token of a link under one secret: the text that goes into the address, and what is stored of it. */
export function linkToken(
  secret: string,
  link: LinkName,
): { readonly text: string; readonly tokenHash: string } {
  const mac = createHmac('sha256', derivedKey(secret, 'identity-link'));
  const token = mac.update(`${link.purpose}:${link.cooperativeId}:${link.linkId}`).digest('base64url');
  return { text: `${link.cooperativeId}.${token}`, tokenHash: secretHash(token) };
}

const PATHS: Readonly<Record<LinkPurpose, string>> = {
  invitation: 'invitation',
  password_reset: 'reset',
  email_change: 'email',
  email_undo: 'email-undo',
};

/**
 * The address a stored link is reached at. Throws when none of the secrets made its token: the secret was replaced
 * without keeping the one before it.
 */
export function linkAddress(settings: LinkSettings, link: LinkName & Pick<Link, 'tokenHash'>): string {
  for (const secret of settings.secrets) {
    const { text, tokenHash } = linkToken(secret, link);
    if (tokenHash === link.tokenHash)
      return new URL(`/${PATHS[link.purpose]}/${text}`, settings.publicUrl).href;
  }
  throw new Error(`link ${link.linkId} was made with a secret that is no longer known`);
}

export type LinkRefusal =
  | { readonly code: 'LINK_UNKNOWN' }
  | { readonly code: 'LINK_USED' }
  | { readonly code: 'LINK_REPLACED' }
  | { readonly code: 'LINK_EXPIRED' };

/** Why a link opens nothing, in the order checked; null when it does. */
export function linkRefusal(link: Link | null, purpose: LinkPurpose, now: Date): LinkRefusal | null {
  if (link === null || link.purpose !== purpose) return { code: 'LINK_UNKNOWN' };
  if (link.usedAt !== null) return { code: 'LINK_USED' };
  if (link.revokedAt !== null) return { code: 'LINK_REPLACED' };
  return link.expiresAt.getTime() <= now.getTime() ? { code: 'LINK_EXPIRED' } : null;
}
