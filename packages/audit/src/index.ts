// The audit chain and its signed packages: pure, so that services, the command line and a page without a server verify alike.
export type { AuditEntry, SealedEntry } from './entry.ts';
export { GENESIS, hashOf } from './entry.ts';
export type { Anchor, ChainFault, ChainWalk } from './chain.ts';
export { walkChain } from './chain.ts';
export type { PackageFault, PackageHeader, PackageVerdict, SigningKey } from './audit-package.ts';
export {
  entryLine,
  fingerprintOf,
  headerLine,
  PACKAGE_FORMAT,
  signingKeyOf,
  verifyPackage,
} from './audit-package.ts';
