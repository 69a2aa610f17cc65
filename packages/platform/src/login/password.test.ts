// A password is long, not among the first guesses, and kept only as argon2id.
import { describe, expect, test } from 'vitest';
import { checkPassword, hashPassword, isPassword } from './password.ts';

const codeOf = (password: string): string => {
  const checked = checkPassword(password, { email: 'ana.silva.gomes@example.org' });
  return checked.ok ? 'accepted' : checked.refusal.code;
};

describe('a new password', () => {
  test.each([
    ['four words do', 'accepted'],
    ['correct horse battery', 'accepted'],
    ['elevenchars', 'PASSWORD_TOO_SHORT'],
    ['x'.repeat(201), 'PASSWORD_TOO_LONG'],
    ['aaaaaaaaaaaaaa', 'PASSWORD_TOO_SIMPLE'],
    ['Password12345', 'PASSWORD_TOO_SIMPLE'],
    ['0123456789012', 'PASSWORD_TOO_SIMPLE'],
    ['habitathabitat', 'PASSWORD_TOO_SIMPLE'],
    ['Ana.Silva.Gomes1', 'PASSWORD_NAMES_ACCOUNT'],
  ])('“%s” is %s', (password, expected) => expect(codeOf(password)).toBe(expected));

  test('may be written with composed or decomposed letters', async () => {
    const hash = await hashPassword('Caf\u00e9 au lait, bitte');
    expect(await isPassword(hash, 'Cafe\u0301 au lait, bitte')).toBe(true);
  });
});

test('a password is stored as argon2id with a salt of its own', async () => {
  const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toBe(second);
  expect(await isPassword(first, 'correct horse')).toBe(true);
  expect(await isPassword(first, 'correct house')).toBe(false);
});

test('no password fits an account that does not exist', async () => {
  expect(await isPassword(null, 'a decoy nobody signs in with')).toBe(false);
});
