// A container's health check without curl: ends with 0 when the address it is given answers with success.
try {
  const response = await fetch(process.argv[2], { signal: AbortSignal.timeout(4_000) });
  if (!response.ok) throw new Error(`answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
} catch (fault) {
  process.stderr.write(`${fault.message}\n`);
  process.exitCode = 1;
}
