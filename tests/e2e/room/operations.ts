// The operators' page: an event a handler gave up on is delivered again when somebody presses for it.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { askOwner } from '../setup/books.ts';
import { Browsing, reloadUntil } from '../setup/browser.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

/** A dead letter of the newest event of a handler, as delivery leaves one behind. */
async function giveUp(handler: string): Promise<string> {
  const id = randomUUID();
  await askOwner(
    `insert into platform.dead_letter (cooperative_id, id, event_id, handler, attempts, error, dead_at)
     select i.cooperative_id, $1, i.event_id, i.handler, 5, 'the books could not be reached', now()
     from platform.inbox i join platform.cooperative c using (cooperative_id)
     where c.slug = 'riverbend' and i.handler = $2 order by i.handled_at desc limit 1`,
    [id, handler],
  );
  return id;
}

it('a dead letter is tried again by who presses for it, and says when it got through', async () => {
  const handler = 'agreements.copy-contributions';
  const letter = await giveUp(handler);
  const page = await browsing.openAs('dev', '/operations');
  const section = page.locator('section[aria-labelledby="dead"]');
  await section.getByText(handler).waitFor();
  await section.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('status').filter({ hasText: 'Another try is asked for' }).waitFor();
  const through = async () => (await section.getByText('Got through').count()) > 0;
  await reloadUntil(page, through, 'the letter that got through');
  const [asked] = await askOwner<{ outcome: string; name: string; redriven: boolean }>(
    `select r.outcome, m.display_name as name, l.redriven_at is not null as redriven
     from platform.redrive_request r
     join platform.dead_letter l on l.cooperative_id = r.cooperative_id and l.id = r.dead_letter_id
     join people.member m on m.cooperative_id = r.cooperative_id and m.member_id = r.requested_member_id
     where r.dead_letter_id = $1`,
    [letter],
  );
  expect(asked).toEqual({ outcome: 'handled', name: 'Dev Rao', redriven: true });
  await page.context().close();
});
