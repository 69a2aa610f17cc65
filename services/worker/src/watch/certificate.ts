// Looks at the certificate people are shown, from outside as they are: a renewal that silently failed is seen weeks
// before browsers refuse the page.
import { connect } from 'node:tls';
import type { Metrics } from '@habitat/observability';
import type { Schedule } from '../schedules.ts';

const EVERY_MS = 3_600_000;
const PATIENCE_MS = 10_000;

/** When the certificate at an https address ends. One that is not trusted, or has ended, is looked at all the same. */
async function certificateEndsAt(address: string): Promise<Date> {
  const { hostname, port } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: port === '' ? 443 : Number(port),
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
      timeout: PATIENCE_MS,
    });
    socket.once('secureConnect', () => {
      const { valid_to: endsAt } = socket.getPeerCertificate();
      socket.destroy();
      resolve(new Date(endsAt));
    });
    socket.once('timeout', () => socket.destroy(new Error(`${hostname} did not answer`)));
    socket.once('error', reject);
  });
}

/** Keeps `habitat_certificate_expires_timestamp_seconds` for the address people use; plain http has none. */
export function watchCertificate(publicUrl: string, metrics: Metrics): Schedule {
  return {
    name: 'look-at-certificate',
    everyMs: EVERY_MS,
    async run() {
      if (new URL(publicUrl).protocol !== 'https:') return;
      metrics.certificateExpires.set((await certificateEndsAt(publicUrl)).getTime() / 1_000);
    },
  };
}
