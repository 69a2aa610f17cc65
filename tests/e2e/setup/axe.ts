// The automatic half of an accessibility check: WCAG 2.0 to 2.2, A and AA, by axe. It is evaluated in the page, so that
// the page's own policy against foreign scripts stays in force.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const standards = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] } as const;
/** Of the standards' rules those that look at colours. */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const;

/** What axe finds against the page as it stands: each rule with the places that break it. */
export const violationsOf = (page: Page): Promise<string[]> => violationsAgainst(page, standards);

/** What it finds against its colours alone: all that another colour scheme can change. */
export const colourViolationsOf = (page: Page): Promise<string[]> => violationsAgainst(page, colours);

async function violationsAgainst(page: Page, runOnly: typeof standards | typeof colours): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations } = await inPage.run(document, {
      runOnly: { type: only.type, values: [...only.values] },
      resultTypes: ['violations'],
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  }, runOnly);
}
