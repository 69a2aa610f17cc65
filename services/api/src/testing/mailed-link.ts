// Links as a person finds them: in the mail that came for them.
import type { TestMailServer } from '@habitat/test-services';
import { plainText } from '@habitat/test-services';
import type { Served } from './served-cooperative.ts';

/** The end of the newest link below a path of the pages that went to an address. */
export async function mailedLink(
  { served, mail }: { readonly served: Served; readonly mail: TestMailServer },
  address: string,
  path: string,
): Promise<string> {
  await served.settle();
  await mail.waitFor(address);
  const links = mail.arrived
    .filter(({ to }) => to.includes(address))
    .map((one) => new RegExp(`https://pages\\.example/${path}/(\\S+)`).exec(plainText(one))?.[1]);
  return links.findLast((one) => one !== undefined) ?? '';
}
