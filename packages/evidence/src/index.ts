// Evidence files: what may come in, how it is held until it is known good, and where it lies.
export type { FileKey, Received, StoredFile, Upload, UploadRefusal, Vault, VaultSettings } from './vault.ts';
export { openVault } from './vault.ts';
export { attachmentHeader } from './file-name.ts';
