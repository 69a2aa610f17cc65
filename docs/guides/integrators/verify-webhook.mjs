// Verifies a webhook of Habitat with nothing but Node. It throws for a message that is not ours, or is older than five
// minutes; otherwise it answers with the message. Give it the body as it came, before anything parses it.
import { createHmac, timingSafeEqual } from 'node:crypto';

const MOST_SECONDS = 300;

/**
 * @param {string} secret whsec_… as it was shown
 * @param {Record<string, string | undefined>} headers of the request, names in small letters
 * @param {string} body of the request, as text
 * @returns {{ type: string, timestamp: string, data: Record<string, string> }}
 */
export function verifyWebhook(secret, headers, body) {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (id === '' || !(age <= MOST_SECONDS)) throw new Error('no message of now');

  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  // While a secret is being replaced there are two signatures: one of them is made with yours.
  const isOurs = (headers['webhook-signature'] ?? '').split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isOurs) throw new Error('the signature is not ours');
  return JSON.parse(body);
}
