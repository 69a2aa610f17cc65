import { describe, expect, it, vi } from 'vitest';
import { csvLines, csvResponse, fileName, jsonResponse } from './csv.ts';

vi.mock('server-only', () => ({}));

describe('a table as a file', () => {
  it('text that a spreadsheet would run is told to be text', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\uff1d1'])
      expect(csvLines([[text]]).replace(/^"/, '')).toMatch(/^'/);
  });

  it('an amount stays a number, below nothing too, and never passes through a float', () => {
    expect(csvLines([[{ exact: '-875.68' }, { exact: '90071992547409931.00' }, 2287, null]])).toBe(
      '-875.68,90071992547409931.00,2287,\r\n',
    );
    expect(() => csvLines([[{ exact: '=1' }]])).toThrow('not an exact number');
  });

  it('commas, quotes and line ends are quoted as RFC 4180 has it', () => {
    expect(csvLines([['a,b', 'say "so"', 'two\nlines', 'plain']])).toBe(
      '"a,b","say ""so""","two\nlines",plain\r\n',
    );
  });

  it('the file is named after cooperative, report and day in letters every system takes', () => {
    expect(fileName(['Cooperativa Río Ñandú', 'trial balance', '2026-09-30'], 'csv')).toBe(
      'cooperativa-rio-nandu-trial-balance-2026-09-30.csv',
    );
  });

  it('is to be had as what is behind it, amounts as the text they are', async () => {
    const data = { trialBalance: { bookTotal: '3000.00' } };
    const answer = jsonResponse({ name: ['a', '2026-09-30'], header: [], batches: [], data });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="a-2026-09-30.json"');
    expect(await answer.json()).toEqual(data);
  });

  it('begins with the mark of UTF-8, sends every batch, and breaks off where reading fails', async () => {
    const table = { name: ['a'], header: ['Número'], batches: [[['uno']], [['dos']]] };
    const whole = new Uint8Array(await csvResponse(table).arrayBuffer());
    expect([...whole.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(whole)).toBe('Número\r\nuno\r\ndos\r\n');
    async function* failing() {
      yield [['uno']];
      throw new Error('the books went away');
    }
    await expect(csvResponse({ ...table, batches: failing() }).text()).rejects.toThrow('went away');
  });
});
