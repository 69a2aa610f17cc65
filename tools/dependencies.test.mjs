// The lockfile's rules turn red on lockfiles that break them, and an audit that found something is told from one that did
// not get through.
import { expect, test } from 'vitest';
import { auditFaults, lockfileFaults } from './check-dependencies.mjs';

const integrity = `sha512-${'A'.repeat(86)}==`;
const asking = (specifier) => ({ importers: { '.': { dependencies: { left: { specifier } } } } });

test('a package without its SHA-512, or from anywhere but the registry, is found', () => {
  const lockfile = {
    packages: {
      'good@1.0.0': { resolution: { integrity } },
      'weak@1.0.0': { resolution: { integrity: 'sha1-abc=' } },
      'git@1.0.0': { resolution: { integrity, tarball: 'somewhere' } },
      'none@1.0.0': {},
    },
  };
  expect(lockfileFaults(lockfile)).toEqual([
    'weak@1.0.0 has no SHA-512',
    'git@1.0.0 does not come from the registry (tarball)',
    'none@1.0.0 has no SHA-512',
  ]);
});

test.each(['^1.0.0', '~1.0.0', 'latest', '1.x', 'github:left/left'])('a version like %s is found', (one) => {
  expect(lockfileFaults(asking(one))).toHaveLength(1);
});

test.each(['1.0.0', '1.0.0-rc.1', 'catalog:', 'catalog:native', 'workspace:*'])(
  'a version like %s is exact',
  (one) => {
    expect(lockfileFaults(asking(one))).toEqual([]);
  },
);

test('a version in a catalog that is not exact is found', () => {
  const catalogs = { default: { left: { specifier: '1.0.0' } }, native: { right: { specifier: '^2.0.0' } } };
  expect(lockfileFaults({ catalogs })).toEqual([
    'the catalog native asks for right ^2.0.0: name one exact version',
  ]);
});

test('a weakness that is known is a fault; a registry that is away is not', () => {
  const found = auditFaults({ status: 1, output: '1 vulnerabilities found\nSeverity: 1 high' });
  expect([found.known, found.faults.length]).toEqual([true, 1]);
  expect(auditFaults({ status: 1, output: 'ERR_PNPM_AUDIT_BAD_RESPONSE …' })).toEqual({
    known: false,
    faults: [],
  });
  expect(auditFaults({ status: null, output: '' }).faults).toEqual([]);
});
