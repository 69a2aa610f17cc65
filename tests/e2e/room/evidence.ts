// Evidence files: added on a phone without scripts, refused at the field, seen by whoever decides, and saved, never shown.
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { Browsing, PHONE, signIn } from '../setup/browser.ts';
import { expectSound } from '../setup/sound.ts';

let browsing: Browsing;

beforeAll(async () => {
  browsing = await Browsing.start();
});
afterAll(() => browsing.stop());
afterEach(() => {
  expect(browsing.faults.splice(0)).toEqual([]);
});

const receipt = { name: 'Receipt for the pump.pdf', mimeType: 'application/pdf', buffer: pdf() };
const webPage = {
  name: 'page.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('<script>alert(1)</script>'),
};

function pdf(): Buffer {
  return Buffer.from(`%PDF-1.7\n${'1 0 obj << >> endobj\n'.repeat(100)}%%EOF\n`);
}

it('files are added without scripts, and what is none is refused at the field', async () => {
  const page = await browsing.open('/sign-in?return=/contributions/new', {
    javaScriptEnabled: false,
    viewport: PHONE,
  });
  await signIn(page, 'dana');
  await page.getByRole('radio', { name: 'Labor' }).check();
  await page.locator('input[name=quantity]').fill('2');
  await page.getByLabel('What was it?').fill('Shown by a receipt');
  await page.getByRole('button', { name: 'Keep and add files' }).locator('visible=true').click();
  await page.waitForURL(/\/contributions\/[^/]+#evidence$/);
  await page.getByLabel('Pictures or documents').setInputFiles([receipt, webPage]);
  await page.getByRole('button', { name: 'Add files' }).click();
  await page.getByText(/^File 2 wasn’t taken: Evidence is a picture/).waitFor();
  await page.getByRole('list', { name: 'Evidence' }).getByText('3 kB').waitFor();
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page.getByRole('link', { name: receipt.name }).waitFor();
  await page.context().close();
});

it('who decides has the file, to be saved and not to be shown; for another member it is not there', async () => {
  const desk = await browsing.openAs('carol', '/approvals');
  await desk.getByRole('link').filter({ hasText: 'Shown by a receipt' }).first().click();
  const file = desk.getByRole('link', { name: receipt.name });
  const address = (await file.getAttribute('href')) ?? '';
  const answer = await desk.request.get(address);
  expect(await answer.body()).toEqual(receipt.buffer);
  expect(answer.headers()).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment; filename="Receipt for the pump\.pdf"/),
    'content-security-policy': expect.stringContaining('sandbox'),
    'x-content-type-options': 'nosniff',
  });
  await desk.context().close();
  const other = await browsing.openAs('alice', '/contributions');
  expect((await other.request.get(address)).status()).toBe(404);
  const forged = await other.request.post('/contributions/evidence?contribution=x', {
    headers: { origin: 'https://elsewhere.example' },
    multipart: { file: receipt },
  });
  expect(forged.status()).toBe(403);
  await other.context().close();
});

it.each([
  ['nobody', '', undefined],
  [
    'a forged token',
    `habitat_access=h.${Buffer.from('{"exp":9999999999}').toString('base64url')}.s`,
    undefined,
  ],
  ['a page elsewhere', '', 'https://elsewhere.example'],
])(
  'of %s no form of files is read: the answer comes before the first byte of it',
  async (_who, cookie, origin) => {
    const { status, location } = await new Promise<{ status: number; location: string }>(
      (resolve, reject) => {
        const address = new URL('/contributions/evidence?contribution=x', inject('product').pagesUrl);
        const headers = {
          ...{ origin: origin ?? inject('product').pagesUrl, cookie, 'content-length': '20000000' },
          'content-type': 'multipart/form-data; boundary=b',
        };
        const sending = request(address, { method: 'POST', headers }, (answer) => {
          resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '' });
          sending.destroy();
        });
        sending.on('error', reject);
        sending.flushHeaders();
      },
    );
    expect(status).toBe(origin === undefined ? 303 : 403);
    expect(location).toMatch(origin === undefined ? /^\/sign-in\?ended=1/ : /^$/);
  },
);

it('the form is sound on a phone', async () => {
  const page = await browsing.openAs('dana', '/contributions?search=Shown+by+a+receipt', { viewport: PHONE });
  await page.getByRole('link').filter({ hasText: 'Shown by a receipt' }).first().click();
  await page.getByLabel('Or take a photograph').waitFor();
  await expectSound(page, 'evidence-phone');
  await page.context().close();
});
