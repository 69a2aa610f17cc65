// The parent's side of keeper.mjs: start a server that cannot outlive us, hear of its end, stop it.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const keeperFile = fileURLToPath(new URL('keeper.mjs', import.meta.url));

/**
 * Starts a server under a keeper of its own. The returned promise rejects when the program can't be run at all.
 *
 * @param {import('./kept-process.mjs').ServerSpec} spec
 * @returns {Promise<import('./kept-process.mjs').KeptProcess>}
 */
export function keep(spec) {
  // The keeper leads its own group, so that a Ctrl-C in the terminal reaches only the supervisor, which stops things in order.
  const keeper = fork(keeperFile, [], { detached: true, stdio: 'ignore', execArgv: [] });
  keeper.unref();
  keeper.channel?.unref();
  const gone = new Promise((resolve) => keeper.once('exit', resolve));
  let heardExit;
  const exited = new Promise((resolve) => {
    heardExit = resolve;
  });
  void gone.then(() => heardExit({ code: null, signal: 'SIGKILL' }));

  return new Promise((resolve, reject) => {
    keeper.on('message', (message) => {
      if (message.failed) reject(new Error(message.failed));
      if (message.exited) heardExit(message.exited);
      if (message.started) resolve(handle(keeper, message.started, exited, gone));
    });
    keeper.once('error', reject);
    keeper.channel?.ref();
    keeper.send({ start: spec }, (fault) => (fault ? reject(fault) : undefined));
    void gone.then(() => reject(new Error(`The keeper of ${spec.command} ended before it started.`)));
  }).finally(() => keeper.channel?.unref());
}

function handle(keeper, pid, exited, gone) {
  return {
    pid,
    exited,
    async stop() {
      if (keeper.connected) {
        keeper.ref();
        keeper.send({ stop: true }, () => {});
      }
      await gone;
    },
    async kill() {
      try {
        // The whole group: a server started by a script of its own is a child of that script.
        process.kill(-pid, 'SIGKILL');
      } catch {
        // It ended by itself in between.
      }
      keeper.ref();
      await gone;
    },
  };
}
