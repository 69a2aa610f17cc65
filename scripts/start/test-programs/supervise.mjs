// A supervisor of its own process for the tests that kill one: starts the service of the environment and stays.
import { createSupervisor } from '../supervisor.mjs';

const { NAME, PORT, LOGS } = process.env;
const supervisor = createSupervisor({ cwd: process.cwd(), logs: LOGS, tell: () => {} });
const file = new URL('service.mjs', import.meta.url).pathname;
await supervisor.start({ name: NAME, file, env: process.env, ready: `http://127.0.0.1:${PORT}/` });
process.send('ready');
