// What a dashboard is made of: titled rows of panels, each with the queries it shows. Grafana's JSON repeats some sixty
// lines for every panel, so it is made from these few; a test sees that the committed JSON is what they make.

const METRICS = { type: 'prometheus', uid: 'prometheus' };
const LOGS = { type: 'loki', uid: 'loki' };
const WIDTH = 24;

/** One query with the words beside its line; `{{label}}` stands for a label's value. */
export const query = (expr, legend = '') => ({ expr, legend });

/** A line over time. */
export const lines = (title, unit, ...queries) => ({ kind: 'timeseries', title, unit, queries });

/** Lines stacked on each other: shares of a whole. */
export const stack = (title, unit, ...queries) => ({
  kind: 'timeseries',
  title,
  unit,
  queries,
  stacked: true,
});

/** One number now. `bad` turns it red from that value on. */
export const figure = (title, unit, expr, { bad, decimals } = {}) => ({
  kind: 'stat',
  title,
  unit,
  queries: [query(expr)],
  bad,
  decimals,
});

/** Lines of the log. */
export const log = (title, expr) => ({ kind: 'logs', title, queries: [query(expr)] });

function target({ expr, legend }, place, datasource) {
  return {
    datasource,
    editorMode: 'code',
    expr,
    legendFormat: legend === '' ? '__auto' : legend,
    refId: String.fromCharCode('A'.charCodeAt(0) + place),
  };
}

function fieldsOf({ kind, unit, stacked, bad, decimals }) {
  const steps = [
    { color: 'green', value: null },
    ...(bad === undefined ? [] : [{ color: 'red', value: bad }]),
  ];
  return {
    unit,
    ...(decimals === undefined ? {} : { decimals }),
    ...(kind === 'stat' ? { color: { mode: 'thresholds' } } : { min: 0 }),
    thresholds: { mode: 'absolute', steps },
    ...(kind === 'timeseries'
      ? {
          custom: {
            fillOpacity: stacked ? 40 : 8,
            lineWidth: 1,
            showPoints: 'never',
            stacking: { mode: stacked ? 'normal' : 'none' },
          },
        }
      : {}),
  };
}

function optionsOf(kind) {
  if (kind === 'logs') return { showTime: true, wrapLogMessage: true, enableLogDetails: true };
  if (kind === 'stat')
    return { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'value', graphMode: 'area' };
  return {
    legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
    tooltip: { mode: 'multi', sort: 'desc' },
  };
}

function panelOf(panel, id, gridPos) {
  const datasource = panel.kind === 'logs' ? LOGS : METRICS;
  return {
    id,
    type: panel.kind,
    title: panel.title,
    datasource,
    gridPos,
    targets: panel.queries.map((one, place) => target(one, place, datasource)),
    fieldConfig: { defaults: panel.kind === 'logs' ? {} : fieldsOf(panel), overrides: [] },
    options: optionsOf(panel.kind),
  };
}

/** The panels of a row share its width; a row of figures is lower than one of lines. */
function layRows(rows) {
  const panels = [];
  let y = 0;
  for (const row of rows) {
    const height = row.every(({ kind }) => kind === 'stat') ? 4 : 8;
    const width = Math.floor(WIDTH / row.length);
    for (const [place, panel] of row.entries())
      panels.push(panelOf(panel, panels.length + 1, { x: place * width, y, w: width, h: height }));
    y += height;
  }
  return panels;
}

/** Grafana's JSON of a dashboard. */
export function dashboard({ uid, title, description, rows }) {
  return {
    uid,
    title,
    description,
    tags: ['habitat'],
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    schemaVersion: 39,
    version: 1,
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    links: [{ type: 'dashboards', title: 'Habitat', tags: ['habitat'], asDropdown: true, keepTime: true }],
    templating: { list: [] },
    annotations: { list: [] },
    panels: layRows(rows),
  };
}
