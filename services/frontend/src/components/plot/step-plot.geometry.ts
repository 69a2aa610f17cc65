// Where the lines of a capital plot go. Only here does an amount become a number, because a pixel has no cents; what is
// printed beside the plot comes from the text of the amount.
export type PlotPoint = { on: string; book: string; tax: string };

export type StepPlotData = {
  points: readonly PlotPoint[];
  /** The day the lines reach: today. */
  until: string;
  /** Book capital if the period closed today. */
  draftBook: string | null;
  /** The one point worth a note. */
  noteOn: string | null;
};

type Frame = { width: number; height: number; right: number; top: number };

const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Lays out the plot in its own pixels. Gridlines are at most four, at round amounts; zero is always one of them. */
export function buildStepPlot(data: StepPlotData, frame: Frame) {
  const points = data.points.length > 0 ? data.points : [{ on: data.until, book: '0', tax: '0' }];
  const left = 46;
  const right = frame.width - frame.right;
  const bottom = frame.height - 30;
  const first = day(points[0]?.on ?? data.until);
  const last = Math.max(day(data.until), first + 1);
  const values = points.flatMap(({ book, tax }) => [pixels(book), pixels(tax)]);
  if (data.draftBook !== null) values.push(pixels(data.draftBook));
  const low = Math.min(0, ...values);
  const high = highestOf(values);
  const x = (date: string) => round(left + ((day(date) - first) / (last - first)) * (right - left - 4) + 2);
  const y = (value: number) => round(bottom - ((value - low) / (high - low)) * (bottom - frame.top));
  const line = (of: (point: PlotPoint) => string) =>
    stepPath(
      points.map((point) => [x(point.on), y(pixels(of(point)))]),
      right - 2,
    );

  const end = points[points.length - 1] ?? { on: data.until, book: '0', tax: '0' };
  const middle = points[Math.floor((points.length - 1) / 2)] ?? end;
  const noted = points.find((point) => point.on === data.noteOn);
  const endBookY = y(pixels(end.book));
  const endTaxY = y(pixels(end.tax));
  return {
    left,
    right,
    bottom,
    bookPath: line((point) => point.book),
    taxPath: line((point) => point.tax),
    end: { x: right - 2, bookY: endBookY, taxY: endTaxY },
    middle: { x: (left + right) / 2, bookY: y(pixels(middle.book)), taxY: y(pixels(middle.tax)) },
    labelYs: apart(endBookY, endTaxY),
    draftY: data.draftBook === null ? null : y(pixels(data.draftBook)),
    note: noted
      ? noteAt(
          [x(noted.on), y(pixels(noted.book))],
          [(point: PlotPoint) => point.book, (point: PlotPoint) => point.tax].map((of) =>
            points.map((point): Spot => [x(point.on), y(pixels(of(point)))]),
          ),
          { top: frame.top, bottom },
        )
      : null,
    gridlines: gridSteps(low, high).map((value) => ({ y: y(value), text: axisText(value) })),
    years: yearStarts(points[0]?.on ?? data.until, data.until).map((on) => ({
      x: x(on),
      text: on.slice(0, 4),
    })),
  };
}

type Spot = readonly [x: number, y: number];

// How much room the words of a note take left of their point, and above and below the middle of their line.
const noteWidth = 150;
const noteHalf = 12;
const noteOffsets = [64, 48, 34, 80, 96, 112, 128, 144, 160, -34, -50];

/** Where the words of a note stand: below their point, or above it, wherever neither line runs through them. */
export function noteAt(
  [x, y]: Spot,
  lines: readonly (readonly Spot[])[],
  room: { top: number; bottom: number },
) {
  const taken = lines.flatMap((line) => heightsWithin(line, x - noteWidth, x));
  const fits = (textY: number) =>
    textY >= room.top &&
    textY <= room.bottom - noteHalf &&
    taken.every(([high, low]) => textY + noteHalf < high || textY - noteHalf > low);
  const offset = noteOffsets.find((candidate) => fits(y + candidate));
  return { x, y, textY: offset === undefined ? Math.min(y + 64, room.bottom - 20) : y + offset };
}

/** The stretches of height a staircase passes between two places across. */
function heightsWithin(line: readonly Spot[], from: number, to: number): [high: number, low: number][] {
  return line.flatMap(([x, y], index) => {
    const next = line[index + 1];
    if (x > to || (next && next[0] < from)) return [];
    const rises = next && next[0] <= to;
    return [[Math.min(y, rises ? next[1] : y), Math.max(y, rises ? next[1] : y)]];
  });
}

/** A staircase through the points, carried on to the right edge. */
export function stepPath(points: readonly (readonly [number, number])[], until: number): string {
  const [first, ...rest] = points;
  if (!first) return '';
  return `M${first[0]} ${first[1]}${rest.map(([x, y]) => `H${x}V${y}`).join('')}H${until}`;
}

/** The top of an axis. Where nothing was ever held it is a hundred: the lines of an empty plot stand at amounts too. */
export const highestOf = (values: readonly number[]): number =>
  Math.max(0, ...values) || (Math.min(0, ...values) === 0 ? 100 : 0);

/** Zero and up to three round amounts above it (and below, when a balance has been negative). */
export function gridSteps(low: number, high: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(high - low) - 1);
  const linesAt = (step: number) => 1 + Math.floor(high / step) + Math.floor(-low / step);
  const step =
    [1, 2, 2.5, 5, 10, 20, 25, 50, 100]
      .map((factor) => factor * magnitude)
      .find((candidate) => linesAt(candidate) <= 4) ?? high - low;
  const steps = [0];
  for (let value = step; value <= high; value += step) steps.push(value);
  for (let value = -step; value >= low; value -= step) steps.push(value);
  return steps;
}

/** Amounts on an axis may be short, nowhere else: 30k, 1.5m. */
export function axisText(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '\u2212' : '';
  if (size >= 1_000_000) return `${sign}${size / 1_000_000}m`;
  return size >= 1_000 ? `${sign}${size / 1_000}k` : `${sign}${size}`;
}

/** The first day shown (unless a year begins soon after it) and every first of January up to the last. */
function yearStarts(from: string, until: string): string[] {
  const starts: string[] = [];
  for (let year = Number(from.slice(0, 4)) + 1; `${year}-01-01` <= until; year += 1)
    starts.push(`${year}-01-01`);
  const next = starts[0];
  return next && day(next) - day(from) < 90 ? starts : [from, ...starts];
}

function apart(first: number, second: number): [number, number] {
  const least = 16;
  if (Math.abs(first - second) >= least) return [first, second];
  const middle = (first + second) / 2;
  return first <= second
    ? [middle - least / 2, middle + least / 2]
    : [middle + least / 2, middle - least / 2];
}

const pixels = (amount: string): number => Number(amount);
const round = (value: number): number => Math.round(value * 10) / 10;
