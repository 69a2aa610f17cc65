// Reading terms: every version with its signatures, and what is in force today.
import type { Database } from '@habitat/database';
import { findCooperative, todayOf } from '../copies/cooperative-copy.ts';
import type { Policies, TermsKind, Weights } from './terms.ts';
import type { TermsVersion } from './terms.store.ts';
import { listTermsVersions, termsOn } from './terms.store.ts';

/** All versions of weights or policies of a cooperative, newest first. */
export async function listTerms(
  database: Database,
  cooperativeId: string,
  kind: TermsKind,
): Promise<TermsVersion[]> {
  return database.read('agreements', { cooperativeId }, (db) => listTermsVersions(db, cooperativeId, kind));
}

export interface TermsInForce {
  readonly weights: TermsVersion<Weights>;
  readonly policies: TermsVersion<Policies>;
}

/** What is in force on a day (today by the cooperative's calendar when none is given); null before it is set up. */
export async function termsInForce(
  database: Database,
  cooperativeId: string,
  at: { readonly now: Date } | { readonly day: string },
): Promise<TermsInForce | null> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const cooperative = await findCooperative(db, cooperativeId);
    if (cooperative === null) return null;
    const day = 'day' in at ? at.day : todayOf(cooperative, at.now);
    const weights = await termsOn(db, cooperativeId, 'weights', day);
    const policies = await termsOn(db, cooperativeId, 'policies', day);
    return weights === null || policies === null ? null : { weights, policies };
  });
}
