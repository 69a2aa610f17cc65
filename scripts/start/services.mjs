// Which processes make up the product, with the environment each one gets.
import { isPortFree, preferPort } from '../servers/ports.mjs';
import { ClearFault } from './fault.mjs';
import { release } from './home.mjs';
import { outputs } from './workspace.mjs';

/**
 * Told before anything slow begins, and once more by the start itself.
 *
 * @param {number} port
 */
export async function requirePort(port) {
  if (await isPortFree(port)) return;
  throw new ClearFault(
    `Port ${port} is in use by another program: stop it, or choose another with npm start -- --port ${port + 1}`,
  );
}

/** The environment the services share, and the operator's command with them. */
export function commonEnvironment({ database, secrets, evidence, env }) {
  const { version, revision } = release();
  return {
    NODE_ENV: env.NODE_ENV ?? 'production',
    LOG_LEVEL: env.LOG_LEVEL ?? 'info',
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    EVENT_TRANSPORT: env.RABBITMQ_URL ? 'rabbitmq' : 'postgres',
    ...(env.RABBITMQ_URL ? { RABBITMQ_URL: env.RABBITMQ_URL } : {}),
    JWT_SECRET: env.JWT_SECRET ?? secrets.jwtSecret,
    HABITAT_VERSION: version,
    HABITAT_REVISION: revision,
    AUDIT_SIGNING_KEY: env.AUDIT_SIGNING_KEY ?? secrets.auditSigningKey,
    SECRETS_KEY: env.SECRETS_KEY ?? secrets.secretsKey,
    EVIDENCE_DIRECTORY: env.EVIDENCE_DIRECTORY ?? evidence,
  };
}

/**
 * Where API and worker listen: the ports people know, or others where those are taken.
 *
 * @returns {Promise<{ apiPort: number, metricsPort: number }>}
 */
export async function knownPorts() {
  return { apiPort: await preferPort(4000), metricsPort: await preferPort(9090) };
}

/**
 * @param {{ port: number, apiPort: number, metricsPort: number, common: Record<string, string>, env: NodeJS.ProcessEnv }} given
 */
export function describeServices({ port, apiPort, metricsPort, common, env }) {
  const host = env.HOST ?? '127.0.0.1';
  const local = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const base = { ...env, ...common, HOST: host, NEXT_TELEMETRY_DISABLED: '1' };
  base.PUBLIC_URL ??= `http://localhost:${port}`;
  // Only migrations act as the owner of the schemas.
  delete base.DATABASE_OWNER_URL;
  delete base.PORT;
  return {
    api: {
      name: 'api',
      file: outputs['@habitat/api'],
      env: { ...base, PORT: String(apiPort), CORS_ORIGIN: env.CORS_ORIGIN ?? `http://localhost:${port}` },
      ready: `http://${local}:${apiPort}/ready`,
    },
    worker: {
      name: 'worker',
      file: outputs['@habitat/worker'],
      env: { ...base, METRICS_PORT: String(metricsPort) },
      ready: `http://${local}:${metricsPort}/ready`,
    },
    frontend: {
      name: 'frontend',
      file: outputs['@habitat/frontend'],
      env: {
        ...frontendBase(base),
        HOSTNAME: host,
        PORT: String(port),
        API_URL: `http://${local}:${apiPort}/graphql`,
      },
      ready: `http://${local}:${port}/api/health`,
    },
    apiUrl: `http://${local}:${apiPort}`,
  };
}

/** The pages know no database and sign nothing. */
function frontendBase(base) {
  const ofServices = Object.keys(base).filter((name) => name.startsWith('EVIDENCE_'));
  const {
    DATABASE_URL,
    JWT_SECRET,
    AUDIT_SIGNING_KEY,
    SECRETS_KEY,
    SMTP_URL,
    RABBITMQ_URL,
    EVENT_TRANSPORT,
    METRICS_PORT,
    ...rest
  } = base;
  for (const name of ofServices) delete rest[name];
  return { ...rest, NODE_ENV: 'production' };
}
