// Offers the run's shared servers to every integration test file; vitest calls this once per run.
import type { TestProject } from 'vitest/node';
import { shareServers } from './shared-servers.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testServersUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await shareServers();
  project.provide('testServersUrl', servers.url);
  return servers.stop;
}
