// The database side of people's tests, in one place.
export type { CommandContext, Database } from '@habitat/database';
export { runTransaction } from '@habitat/database';
export type { TestDatabase } from '@habitat/database/testing';
export { createTestDatabase } from '@habitat/database/testing';
export { sharedPostgresUrl } from '@habitat/test-services/shared';
