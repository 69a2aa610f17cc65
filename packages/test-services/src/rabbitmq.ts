// A real RabbitMQ for a test run: a private node with its own name, ports, epmd and folder, beside any other on the machine.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { debian } from '../../../scripts/servers/debian.mjs';
import { keep, type KeptProcess, type ServerSpec } from '../../../scripts/servers/kept-process.mjs';
import { freePortRange } from '../../../scripts/servers/ports.mjs';
import { makePrivateFolder } from './private-folder.ts';

/** A running broker. Its messages survive `kill` and `restart` when queue and message are durable. */
export interface TestRabbitMq {
  readonly url: string;
  readonly port: number;
  /** Where Prometheus scrapes it. */
  readonly metricsPort: number;
  /** kill -9 of the node. A quorum queue declared less than a second before does not survive it: wait after declaring. */
  kill(): Promise<void>;
  /** Starts the killed (or running) node again on the same address and waits until it takes connections. */
  restart(): Promise<void>;
  /** Raises the alarm of a broker that is out of memory, which takes no more messages, or ends it. */
  alarm(raised: boolean): Promise<void>;
  /** Ends the node with its epmd and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a broker; the first answer takes about eight seconds. */
export async function startRabbitMq(): Promise<TestRabbitMq> {
  const [program = ''] = await debian(['rabbitmq-server']);
  const folder = makePrivateFolder('rabbitmq');
  const port = await freePortRange(4);
  const start = () => startNode(program, folder, port);
  let node = await start();
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    port,
    metricsPort: port + 3,
    kill: () => node.kill(),
    async restart() {
      await node.kill();
      node = await start();
    },
    alarm: (raised) => setAlarm(program, folder, port, raised),
    async stop() {
      await node.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function setAlarm(program: string, folder: string, port: number, raised: boolean): Promise<void> {
  const { env } = describeNode(program, folder, port, '');
  const watermark = raised ? '0.000001' : '0.4';
  const control = join(dirname(program), 'rabbitmqctl');
  await promisify(execFile)(control, ['set_vm_memory_high_watermark', watermark], { env, cwd: folder });
}

async function startNode(program: string, folder: string, port: number): Promise<KeptProcess> {
  const logFile = join(folder, 'output.log');
  const node = await keep(describeNode(program, folder, port, logFile));
  let ended = false;
  void node.exited.then(() => {
    ended = true;
  });
  for (const start = Date.now(); Date.now() - start < 90_000; await sleep(100)) {
    if (await greets(port)) return node;
    if (ended) break;
  }
  const output = await readFile(logFile, 'utf8').catch(() => '');
  await node.stop();
  throw new Error(`RabbitMQ did not start:\n${output.slice(-2_000)}`);
}

function describeNode(program: string, folder: string, port: number, logFile: string): ServerSpec {
  const inFolder = (name: string) => join(folder, name);
  writeFileSync(inFolder('enabled_plugins'), '[rabbitmq_prometheus].\n');
  const metrics = `prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = ${port + 3}\n`;
  writeFileSync(inFolder('rabbitmq.conf'), `loopback_users = none\nlog.file.level = warning\n${metrics}`);
  writeFileSync(inFolder('rabbitmq-env.conf'), '');
  writeFileSync(inFolder('advanced.config'), '[].\n');
  const epmd = String(port + 2);
  const path = [process.env['PATH'], '/usr/sbin', '/sbin'].join(delimiter);
  const env = {
    PATH: path,
    LANG: 'C.UTF-8',
    HOME: folder,
    RABBITMQ_NODENAME: `habitat${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(port + 1),
    ERL_EPMD_PORT: epmd,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // Lets epmd be ended although it has not yet noticed that the node is gone.
    ERL_EPMD_RELAXED_COMMAND_CHECK: 'true',
    RABBITMQ_MNESIA_BASE: inFolder('mnesia'),
    RABBITMQ_LOG_BASE: inFolder('log'),
    RABBITMQ_PID_FILE: inFolder('pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: inFolder('enabled_plugins'),
    RABBITMQ_CONFIG_FILE: inFolder('rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: inFolder('rabbitmq-env.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: inFolder('advanced.config'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
  return {
    command: program,
    args: [],
    env,
    cwd: folder,
    logFile,
    stopTimeoutMs: 20_000,
    afterStop: [
      { command: 'epmd', args: ['-port', epmd, '-kill'], env: { PATH: path, ERL_EPMD_PORT: epmd } },
    ],
    removeFolder: folder,
  };
}

/** A broker answers a wrong protocol header with its own: it listens and is ready to speak AMQP. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(2_000, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
    socket.once('data', (bytes) => answer(bytes.subarray(0, 4).toString('latin1') === 'AMQP'));
    socket.once('connect', () => socket.write('AMQP\x00\x00\x00\x00'));
  });
}
