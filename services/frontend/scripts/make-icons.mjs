// Writes src/components/icon-nodes.json, the few Lucide drawings (ISC) the pages use, and frame-icon-nodes.json, the
// fewer ones that travel with every page: no icon font or whole library reaches the browser. Run again after adding a
// name.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Our name for a drawing, and Lucide's. */
const drawings = {
  overview: 'house',
  contributions: 'list',
  allocation: 'chart-pie',
  statement: 'file-text',
  approvals: 'inbox',
  close: 'list-checks',
  filter: 'sliders-horizontal',
  distribution: 'banknote',
  treasury: 'book-open',
  members: 'users',
  plus: 'plus',
  minus: 'minus',
  repeat: 'repeat',
  labor: 'hammer',
  expertise: 'graduation-cap',
  cash: 'coins',
  in_kind: 'package',
  revenue: 'receipt-text',
  relationship: 'handshake',
  community: 'sprout',
  calendar: 'calendar',
  scheduled: 'calendar-check',
  check: 'check',
  cross: 'x',
  pencil: 'pencil-line',
  sign: 'pen-line',
  waiting: 'hourglass',
  sent: 'send',
  asked: 'message-circle-question-mark',
  lock: 'lock',
  key: 'key-round',
  automatic: 'bot',
  disputed: 'scale',
  withdrawn: 'undo-2',
  reverse: 'undo-2',
  closed: 'book-lock',
  fault: 'circle-alert',
  stop: 'octagon-alert',
  download: 'download',
  print: 'printer',
  left: 'chevron-left',
  right: 'chevron-right',
  down: 'chevron-down',
  search: 'search',
  evidence: 'paperclip',
  eye: 'eye',
  clock: 'clock',
  refresh: 'refresh-cw',
  offline: 'cloud-off',
  saved: 'cloud-check',
  copy: 'copy',
  more: 'ellipsis',
  leave: 'log-out',
  theme: 'sun-moon',
  link: 'link',
  settings: 'settings-2',
  operations: 'activity',
};

/** What the frame and its forms draw in the browser; everything else is drawn by the server. */
const inFrame = [
  'check',
  'close',
  'withdrawn',
  'fault',
  'offline',
  'right',
  'copy',
  'print',
  'pencil',
  'lock',
  'sent',
];

const require = createRequire(import.meta.url);
const nodes = JSON.parse(await readFile(require.resolve('lucide-static/icon-nodes.json'), 'utf8'));
const unknown = Object.values(drawings).filter((name) => !nodes[name]);
if (unknown.length > 0) throw new Error(`Lucide has no drawing named ${unknown.join(', ')}`);

const chosen = Object.entries(drawings).map(([ours, theirs]) => [ours, nodes[theirs]]);
const write = (file, entries) =>
  writeFile(
    new URL(`../src/components/${file}`, import.meta.url),
    `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`,
  );
await write('icon-nodes.json', chosen);
await write(
  'frame-icon-nodes.json',
  chosen.filter(([ours]) => inFrame.includes(ours)),
);
