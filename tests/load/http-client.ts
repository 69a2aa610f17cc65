// The load client of the HTTP measurement, in a process of its own so that it doesn't take the server's turns:
// keep-alive connections, a fixed number of requests in flight. Spoken to over Node's process channel.
import { Agent, request } from 'node:http';
import { newId } from '@habitat/kernel';

/** What the parent sends: run for so long, with so many in flight. */
export interface Load {
  readonly url: string;
  readonly token: string;
  readonly milliseconds: number;
  readonly inFlight: number;
}

/** What comes back: requests answered without an error, or the first error. */
export interface LoadAnswer {
  readonly answered: number;
  readonly elapsedMs: number;
  readonly fault: string | null;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const query =
  'mutation ($input: LogContributionInput!) { logContribution(input: $input) { contribution { id } } }';

function bodyOf(): string {
  const input = {
    kind: 'CASH',
    quantity: '10.00',
    workedOn: '2026-11-19',
    description: 'bench',
    idempotencyKey: newId(),
  };
  return JSON.stringify({ query, variables: { input } });
}

function post(load: Load): Promise<string> {
  const body = bodyOf();
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${load.token}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(load.url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve(text);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function run(load: Load): Promise<LoadAnswer> {
  const start = performance.now();
  const end = start + load.milliseconds;
  let answered = 0;
  let fault: string | null = null;
  await Promise.all(
    Array.from({ length: load.inFlight }, async () => {
      while (performance.now() < end && fault === null) {
        const text = await post(load);
        if (text.includes('"errors"')) fault = text;
        else answered += 1;
      }
    }),
  );
  return { answered, elapsedMs: performance.now() - start, fault };
}

process.on('message', (load: Load) => {
  run(load).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ answered: 0, elapsedMs: 1, fault: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
