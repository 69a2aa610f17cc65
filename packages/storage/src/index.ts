// Files in a folder or a bucket: backups and evidence lie in the same kinds of place.
export type { Measured, Store, StoredObject } from './store.ts';
export { measure, meter } from './store.ts';
export type { DiskStore, Written } from './disk-store.ts';
export { openDiskStore } from './disk-store.ts';
export type { S3Settings } from './s3-store.ts';
export { openS3Store } from './s3-store.ts';
