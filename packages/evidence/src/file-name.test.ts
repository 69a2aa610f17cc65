// A name from somebody's device is shown and offered, and can do nothing else.
import { expect, test } from 'vitest';
import { attachmentHeader, cleanFileName } from './file-name.ts';

test.each([
  ['receipt.pdf', 'application/pdf', 'receipt.pdf'],
  ['../../../etc/passwd', 'application/pdf', 'passwd.pdf'],
  ['..\\..\\windows\\evil.exe', 'image/png', 'evil.exe.png'],
  ['invoice.pdf.exe', 'application/pdf', 'invoice.pdf.exe.pdf'],
  ['photo\u202Egpj.exe', 'image/jpeg', 'photogpj.exe.jpg'],
  ['line\r\nSet-Cookie: a=b.png', 'image/png', 'lineSet-Cookie a=b.png'],
  ['null\u0000byte.jpg', 'image/jpeg', 'nullbyte.jpg'],
  ['.htaccess', 'image/jpeg', 'htaccess.jpg'],
  ['  . .', 'image/heic', 'evidence.heic'],
  ['.png', 'image/png', 'png.png'],
  ['', 'image/webp', 'evidence.webp'],
  ['Foto Öhmd.JPEG', 'image/jpeg', 'Foto Öhmd.jpeg'],
  ['<img src=x onerror=alert(1)>.png', 'image/png', 'img src=x onerror=alert(1).png'],
] as const)('%j of %s is called %j', (given, type, called) => {
  expect(cleanFileName(given, type)).toBe(called);
});

test('a name has at most 120 letters and keeps its ending', () => {
  const name = cleanFileName(`${'😀'.repeat(300)}.pdf`, 'application/pdf');
  expect([...name]).toHaveLength(120);
  expect(name).toMatch(/^(😀)+\.pdf$/u);
});

test('a file is always saved under its name, whatever letters it has, and never shown in the page', () => {
  expect(attachmentHeader('Foto "Öhmd"\\.jpg')).toBe(
    `attachment; filename="Foto __hmd__.jpg"; filename*=UTF-8''Foto%20%22%C3%96hmd%22%5C.jpg`,
  );
  expect(attachmentHeader("it's 50 %.pdf")).toBe(
    `attachment; filename="it's 50 _.pdf"; filename*=UTF-8''it%27s%2050%20%25.pdf`,
  );
});
