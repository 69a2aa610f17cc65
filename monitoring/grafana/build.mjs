// Writes the dashboards Grafana reads: node monitoring/grafana/build.mjs
import { writeFileSync } from 'node:fs';
import { dashboards } from './source/dashboards.mjs';

for (const [name, dashboard] of Object.entries(dashboards)) {
  const file = new URL(`dashboards/${name}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(dashboard, null, 2)}\n`);
}
