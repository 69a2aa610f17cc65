// Looks for secrets in what an image holds or a browser is sent: files that keep them, keys, and settings with a value.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const KEEPS_SECRETS =
  /(^|\/)(\.env[^/]*|\.npmrc|\.netrc|\.pgpass|\.git|\.habitat|secrets\.json|id_(rsa|dsa|ecdsa|ed25519)|[^/]*\.(pem|key|p12|pfx|age))$/;
// In a script its lines end in a backslash and a letter.
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\s|\\[nr])*[A-Za-z0-9+/]{40}|AGE-SECRET-KEY-1[0-9A-Z]{20}/;
/** Names of the settings that are secret: docs/environment.md is kept like the table of settings by a test. */
export const secretSettings = [
  ...readFileSync(new URL('../../docs/environment.md', import.meta.url), 'utf8').matchAll(
    /^\| `([A-Z0-9_]+)` \(or `_FILE`\)/gm,
  ),
].map(([, name]) => name);
const LARGEST = 20_000_000;

const ANY = secretSettings.join('|');
/** A setting with what looks like its value: so many letters, or an address with a password. */
const VALUED = new RegExp(
  `\\b(?:${ANY})["']?\\s*[=:]\\s*["'\`]?(?:[A-Za-z0-9+/=_-]{32,}|[a-z]+://[^\\s:/"'\`]*:[^\\s@"'\`]+@)`,
);

/** The text of a file; nothing of a very large one, which is no text. */
const textOf = (file) => (statSync(file).size > LARGEST ? '' : readFileSync(file, 'latin1'));

/** Every file below a folder, by its path from there. */
export function filesBelow(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
}

/** What of a folder must not be in an image: its path, and why. What a library ships is its own affair. */
export function secretsIn(root) {
  return filesBelow(root)
    .filter((file) => !file.includes('node_modules/'))
    .flatMap((file) => {
      if (file.split('/').some((_, at, parts) => KEEPS_SECRETS.test(parts.slice(0, at + 1).join('/'))))
        return [`${file} keeps secrets`];
      const text = textOf(join(root, file));
      if (PRIVATE_KEY.test(text)) return [`${file} holds a private key`];
      return VALUED.test(text) ? [`${file} holds a setting’s value`] : [];
    });
}

/** What of a folder must not be sent to browsers: whatever names a secret setting or holds a key. */
export function secretsSent(root) {
  const named = new RegExp(`\\b(?:${ANY})\\b`);
  return filesBelow(root).filter((file) => {
    const text = textOf(join(root, file));
    return named.test(text) || PRIVATE_KEY.test(text);
  });
}

/** Whether a command of an image's history, or a setting in it, brings a secret. */
export function tellsSecret(text) {
  return new RegExp(`password|_authToken|\\b(?:${ANY})(?:_FILE)?=`, 'i').test(text);
}
