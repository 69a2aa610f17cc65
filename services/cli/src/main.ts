#!/usr/bin/env node
// The habitat command as a process.
import { runHabitat } from './program.ts';

process.exitCode = await runHabitat(process.argv.slice(2), process.env, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
