// What people are called stands in subjects and addresses of mails: whatever they call themselves or their cooperative, a
// header stays one line and the words stay words.
import { languages } from '@habitat/kernel';
import { expect, test } from 'vitest';
import { letterOf } from './letter.ts';
import { noticeLetter } from './notice-letter.ts';

const NASTY =
  'Eve\r\nBcc: everybody@elsewhere.example\r\n\r\n<img src=x onerror=alert(1)>\u2028"><script>alert(1)</script>';
const at = new Date('2026-12-01T10:00:00Z');
const id = '0198c000-0000-7000-8000-000000000000';

interface Written {
  readonly to: { readonly name: string };
  readonly subject: string;
  readonly html: string;
}

function expectOneLineAndWords({ to, subject, html }: Written): void {
  for (const header of [to.name, subject]) expect(header).not.toMatch(/[\u0000-\u001f\u007f\u2028\u2029]/);
  expect(html).not.toMatch(/<(img|script)/i);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
}

const links = languages.flatMap((language) =>
  (['invitation', 'password_reset', 'email_change', 'email_undo'] as const).map(
    (purpose) => [language, purpose] as const,
  ),
);
test.each(links)(
  'in %s, a mail for %s has one line in each header and no markup of anybody’s',
  (language, purpose) => {
    const link = {
      cooperativeId: id,
      linkId: id,
      purpose,
      tokenHash: '',
      memberId: id,
      loginId: null,
      email: 'eve@riverbend.example',
      displayName: NASTY,
      language,
      issuedAt: at,
      expiresAt: at,
      usedAt: null,
      revokedAt: null,
      cooperativeName: NASTY,
      timeZone: 'America/New_York',
    };
    expectOneLineAndWords(letterOf(link, 'https://pages.example/link'));
  },
);

const notices = languages.flatMap((language) =>
  [true, false].map((isDigest) => [language, isDigest] as const),
);
test.each(notices)('in %s, so has a notice (of the day: %s)', (language, isDigest) => {
  const notice = {
    id,
    kind: 'contribution_rejected',
    byMemberId: id,
    subjectId: id,
    facts: { number: '7', category: NASTY, reason: NASTY },
    at,
    readAt: null,
  } as const;
  const cooperative = { name: NASTY, currency: 'USD', currencyDigits: 2, timeZone: 'America/New_York' };
  const mail = { memberId: id, email: 'eve@riverbend.example', name: NASTY, language, isDigest, cooperative };
  const settings = { publicUrl: 'https://pages.example', secret: 'k'.repeat(64) };
  expectOneLineAndWords(noticeLetter(settings, id, { ...mail, notices: [notice] }, () => NASTY));
});
