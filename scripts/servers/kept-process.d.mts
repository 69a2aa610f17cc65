export interface ServerSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly logFile?: string;
  /** The signal of an orderly stop; SIGTERM when left out. */
  readonly stopSignal?: NodeJS.Signals;
  /** After this long the whole process group is killed; 5 s when left out. */
  readonly stopTimeoutMs?: number;
  /** Commands that end what the server started beside itself (RabbitMQ's epmd). */
  readonly afterStop?: readonly {
    command: string;
    args: readonly string[];
    env: Readonly<Record<string, string | undefined>>;
  }[];
  /** Removed after a stop, not after a crash. */
  readonly removeFolder?: string;
}

export interface KeptProcess {
  readonly pid: number;
  /** Resolves when the server ends, for whatever reason. */
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  stop(): Promise<void>;
  /** kill -9: what a crash test does. */
  kill(): Promise<void>;
}

export function keep(spec: ServerSpec): Promise<KeptProcess>;
