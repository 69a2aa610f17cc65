import type { KeptProcess } from './kept-process.mjs';

export class DamagedCluster extends Error {}

export interface StartOptions {
  readonly folder: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Server settings (`fsync`, `max_connections`, …). */
  readonly settings?: Readonly<Record<string, string>>;
  readonly logFile?: string;
  readonly removeFolder?: string;
}

export function createCluster(options: { folder: string; user: string; password: string }): void;
export function clusterExists(folder: string): boolean;
export function stopLeftover(folder: string): Promise<void>;
export function startCluster(options: StartOptions): Promise<KeptProcess>;
