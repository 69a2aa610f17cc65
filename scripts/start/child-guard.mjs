// Preloaded into every service under the supervisor: when the supervisor is gone, however it went, the service ends too.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => {
    try {
      process.kill(-process.pid, 'SIGKILL');
    } catch {
      process.exit(1);
    }
  }, 5_000).unref();
});
process.channel?.unref();
