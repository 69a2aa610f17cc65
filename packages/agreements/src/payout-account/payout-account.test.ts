// Numbers of accounts: those that banks publish as examples are taken, and a slip of one digit is not.
import { describe, expect, test } from 'vitest';
import { isRoutingNumber, masked, readPayoutAccount } from './payout-account.ts';

const AMERICAN = { holder: 'Alice Quill', routingNumber: '021000021', accountNumber: '000123456789' };

function codeOf(input: Parameters<typeof readPayoutAccount>[0]): unknown {
  const read = readPayoutAccount(input);
  return read.ok ? 'accepted' : [read.refusal.code, read.refusal.field];
}

describe('an IBAN', () => {
  test('is taken in groups and in small letters, and kept without them', () => {
    const read = readPayoutAccount({
      holder: ' Ana Ruiz ',
      iban: 'es91 2100 0418 4502 0005 1332',
      bankName: ' ',
    });
    expect(read).toEqual({
      ok: true,
      value: { kind: 'iban', holder: 'Ana Ruiz', bankName: null, iban: 'ES9121000418450200051332' },
    });
  });

  test.each([
    ['one digit is another', 'ES9121000418450200051333'],
    ['two digits changed places', 'DE89370400440532031000'],
    ['it is too short for its country', 'GB82WEST1234569876543'],
    ['its country has none', 'US64SVBKUS6S3300958879'],
  ])('is refused where %s', (_why, iban) => {
    expect(codeOf({ holder: 'Ana', iban })).toEqual(['BAD_IBAN', 'iban']);
  });
});

describe('an account in the United States', () => {
  test('is taken with hyphens and spaces, and its leading zeros are kept', () => {
    const read = readPayoutAccount({
      ...AMERICAN,
      routingNumber: '0210-0002-1',
      accountNumber: '0001 2345 6789',
    });
    expect(read).toMatchObject({
      ok: true,
      value: { routingNumber: '021000021', accountNumber: '000123456789' },
    });
  });

  test.each(['021000021', '011401533', '322271627', '091000019'])('%s is a routing number', (text) => {
    expect(isRoutingNumber(text)).toBe(true);
  });

  test.each(['021000012', '000000000', '500000005', '02100002', '0210000210', '02100002x'])(
    '%s is none',
    (text) => {
      expect(isRoutingNumber(text)).toBe(false);
    },
  );

  test.each([
    [{ routingNumber: '021000012' }, ['BAD_ROUTING_NUMBER', 'routingNumber']],
    [{ routingNumber: '' }, ['BAD_ROUTING_NUMBER', 'routingNumber']],
    [{ accountNumber: '' }, ['BAD_ACCOUNT_NUMBER', 'accountNumber']],
    [{ accountNumber: '123' }, ['BAD_ACCOUNT_NUMBER', 'accountNumber']],
    [{ accountNumber: '1'.repeat(18) }, ['BAD_ACCOUNT_NUMBER', 'accountNumber']],
    [{ iban: 'ES9121000418450200051332' }, ['ONE_ACCOUNT_ONLY', 'iban']],
    [{ routingNumber: '', accountNumber: '' }, ['ONE_ACCOUNT_ONLY', 'iban']],
    [{ holder: ' ' }, ['HOLDER_REQUIRED', 'holder']],
    [{ holder: 'x'.repeat(141) }, ['TOO_LONG', 'holder']],
    [{ bankName: 'x'.repeat(141) }, ['TOO_LONG', 'bankName']],
  ])('%j is refused at its field', (change, refusal) => {
    expect(codeOf({ ...AMERICAN, ...change })).toEqual(refusal);
  });
});

test.each([
  ['000123456789', '6789'],
  ['12345678', '5678'],
  ['1234567', '67'],
  ['1234', '34'],
])('of the number %s no more than %s is shown', (accountNumber, ending) => {
  const { routingNumber } = AMERICAN;
  const shown = masked({ kind: 'us', holder: 'Alice', bankName: null, routingNumber, accountNumber });
  expect(shown).toEqual({ kind: 'us', holder: 'Alice', bankName: null, ending });
});
