// The only reader of the environment.
export type { ConfigFault, Environment } from './environment.ts';
export { ConfigError } from './environment.ts';
export type { ApiConfig, BackupConfig, CliConfig, WorkerConfig } from './service-config.ts';
export {
  readApiConfig,
  readBackupConfig,
  readCliConfig,
  readRelease,
  readWorkerConfig,
} from './service-config.ts';
export { environmentDocument } from './document.ts';
