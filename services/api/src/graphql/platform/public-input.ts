// What the acts on the way in share: how long their words may be, and how their refusals leave.
import { z } from 'zod';

/** The end of a link as it stands in an address. */
export const linkToken = z.string().min(1).max(200);

/** A password; what makes a good one is decided further in. */
export const secret = z.string().min(1, 'the password is missing').max(200);

/** A code of a second factor or a recovery code, as typed. */
export const givenCode = z.string().min(1, 'the code is missing').max(40);

/** What a browser answers for a passkey, as JSON. */
export const givenCredential = z.string().min(1, 'the credential is missing').max(16_000);

/** Refusals before anybody is known carry no amounts. */
export const noMoney = (minor: bigint): string => minor.toString();
