// What the acts open to strangers share: how long their words may be, and how their refusals leave.
import { z } from 'zod';

/** The end of a link as it stands in an address. */
export const linkToken = z.string().min(1).max(200);

/** A password; what makes a good one is decided further in. */
export const secret = z.string().min(1, 'the password is missing').max(200);

/** Refusals before anybody is known carry no amounts. */
export const noMoney = (minor: bigint): string => minor.toString();
