// The bill of materials of one service (CycloneDX JSON): every npm package it may load, found by following the
// production dependencies from its package.json, with version and licence. Runs while its image is built.
//   node infrastructure/docker/sbom.mjs api [file]
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Enums, Models, Serialize, SPDX, Spec } from '@cyclonedx/cyclonedx-library';

const root = fileURLToPath(new URL('../..', import.meta.url));

const read = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folder a package is loaded from when `folder` asks for it, or null when it isn't installed. */
function resolvePackage(folder, name) {
  for (let place = folder; ; place = dirname(place)) {
    const candidate = join(place, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (place === dirname(place)) return null;
  }
}

/** Every package below `folder`, by its folder; optional ones when they are installed, peers as they were chosen. */
function closure(folder, found = new Map()) {
  if (found.has(folder)) return found;
  const manifest = read(folder);
  found.set(folder, manifest);
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
  const optional = { ...optionalDependencies, ...peerDependencies };
  for (const name of Object.keys({ ...dependencies, ...optional })) {
    const place = resolvePackage(folder, name);
    if (place !== null) closure(place, found);
    else if (!(name in optional)) throw new Error(`${manifest.name} needs ${name}, which is not installed.`);
  }
  return found;
}

function licenceOf({ license, licenses }) {
  const name = typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type);
  if (!name) return [];
  if (SPDX.isSupportedSpdxId(name)) return [new Models.SpdxLicense(name)];
  return [
    /\b(AND|OR|WITH)\b/.test(name) ? new Models.LicenseExpression(name) : new Models.NamedLicense(name),
  ];
}

function componentOf(manifest) {
  const [group, name] = manifest.name.startsWith('@') ? manifest.name.split('/') : [undefined, manifest.name];
  const purl = `pkg:npm/${manifest.name.replace('@', '%40')}@${manifest.version}`;
  return new Models.Component(Enums.ComponentType.Library, name, {
    ...(group ? { group } : {}),
    version: manifest.version,
    bomRef: purl,
    purl,
    licenses: new Models.LicenseRepository(licenceOf(manifest)),
  });
}

const [service, file = join(root, 'sbom.cdx.json')] = process.argv.slice(2);
const folder = realpathSync(join(root, 'services', service));
const packages = closure(folder);
const own = packages.get(folder);
// What the bundle takes from the workspace is ours and has the service's version. The same release may be installed
// several times, once for each set of peers.
const foreign = new Map(
  [...packages.values()]
    .filter(({ name }) => !name.startsWith('@habitat/'))
    .map((manifest) => [`${manifest.name}@${manifest.version}`, manifest]),
);
const bom = new Models.Bom({
  components: new Models.ComponentRepository([...foreign.values()].map(componentOf)),
});
bom.metadata.component = new Models.Component(Enums.ComponentType.Application, `habitat-${service}`, {
  version: own.version,
  licenses: new Models.LicenseRepository(licenceOf(own)),
});
const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
writeFileSync(file, serializer.serialize(bom, { sortLists: true, space: 1 }));
process.stdout.write(`${file}: ${foreign.size} packages\n`);
