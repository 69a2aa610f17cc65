// What deciding depends on, read once per request for all its contributions.
import type { DecisionSetting, SignatureView } from '@habitat/people';
import { signaturesOf, viewerRights, viewerSetting } from '@habitat/people';
import type { Contribution } from '@habitat/people';
import type { ApiContext } from '../../context.ts';
import { grouped, requestLoader } from '../../loader.ts';

const settings = new WeakMap<ApiContext, Promise<DecisionSetting>>();

/** The viewer's decision setting, read once per request. */
export function settingOf(context: ApiContext): Promise<DecisionSetting> {
  const known = settings.get(context);
  if (known !== undefined) return known;
  const { actor } = context.signedIn();
  const facts = { cooperativeId: context.cooperativeId(), actor, now: context.now };
  const setting = viewerSetting(context.database, facts);
  settings.set(context, setting);
  return setting;
}

/** Signatures that count, by contribution. */
export const signatureLoader = requestLoader<string, SignatureView[]>(async (ids, context) =>
  grouped(
    ids,
    await signaturesOf(context.database, context.cooperativeId(), ids),
    (one) => one.contributionId,
  ),
);

/** What the viewer may do with one contribution, and why not approve it. */
export async function rightsOf(contribution: Contribution, context: ApiContext) {
  const [setting, signatures] = await Promise.all([
    settingOf(context),
    signatureLoader(context).load(contribution.contributionId),
  ]);
  return viewerRights(contribution, signatures, setting);
}
