// A small real service for the supervisor's tests: answers on its port, notes its life in a file, misbehaves on demand.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { NAME, PORT, NOTES, MISBEHAVE = '' } = process.env;
const note = (what) => appendFileSync(NOTES, `${NAME} ${what} ${process.pid}\n`);

note('started');
if (MISBEHAVE === 'exits at once') {
  process.stderr.write('no such setting\n');
  process.exit(3);
}
if (MISBEHAVE === 'ignores SIGTERM') {
  const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  appendFileSync(NOTES, `${NAME} grandchild ${grandchild.pid}\n`);
  process.on('SIGTERM', () => note('ignored'));
} else {
  process.on('SIGTERM', () => {
    note('stopped');
    process.exit(0);
  });
}
createServer((request, response) => {
  if (request.url === '/crash') process.exit(7);
  response.end('ready');
}).listen(Number(PORT), '127.0.0.1');
