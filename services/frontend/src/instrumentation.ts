// Next calls this once when a server starts.
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { startTelemetry } = await import('./lib/telemetry/start.ts');
  await startTelemetry();
}
