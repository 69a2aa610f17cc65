// Real servers and the real browser for tests; nothing here is a mock.
export { chromiumPath } from './chromium.ts';
export { startDebianPostgres, type DebianPostgres } from './debian-postgres.ts';
export { mailsIn, plainText, startMailServer, type ArrivedMail, type TestMailServer } from './mail-server.ts';
export {
  closed,
  listening,
  startOpenIdProvider,
  type OpenIdClient,
  type TestOpenIdProvider,
} from './openid-provider.ts';
export { makePrivateFolder } from './private-folder.ts';
export { startPostgres, type TestPostgres } from './postgres.ts';
export { startRabbitMq, type TestRabbitMq } from './rabbitmq.ts';
