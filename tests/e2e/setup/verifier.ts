// A signed copy of the audit trail, and the page one takes along that checks it from a disk.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';

/** The copy that whoever looks at the audit trail takes. */
export async function takeCopy(page: Page): Promise<string> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Take a signed copy' }).click();
  return readFile(await (await coming).path(), 'utf8');
}

/** The verifier, taken along and opened from a disk. */
export async function openVerifier(page: Page) {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Take the verifier' }).click();
  const html = await readFile(await (await coming).path());
  const folder = await mkdtemp(join(tmpdir(), 'verifier-'));
  await writeFile(join(folder, 'verifier.html'), html);
  const disk = await page.context().newPage();
  await disk.goto(pathToFileURL(join(folder, 'verifier.html')).href);
  return {
    page: disk,
    /** Gives it a copy, and waits for what it says. */
    async check(content: string, says: string): Promise<void> {
      const file = { name: 'audit.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(content) };
      await disk.getByLabel('Signed copy').setInputFiles(file);
      await disk.getByRole('button', { name: 'Check it' }).click();
      await disk.getByRole('status').filter({ hasText: says }).waitFor();
    },
    async close(): Promise<void> {
      await disk.close();
      await rm(folder, { recursive: true });
    },
  };
}
