import { InputError } from "../errors";
import type { Figure } from "../figure";
import type { Interval } from "../intervals";
import { greys, styles } from "../palette";
import { dots } from "./dots";
import type { Mark } from "./mark";
import { note, verticalLine } from "./notes";
import { figure } from "./panels";
import { points, signedPoints } from "./points-text";

/** A difference as one way of counting has it. */
export interface NamedInterval {
  /** What it rests on: "10 seeds, one split". */
  readonly name: string;
  /** In proportions. */
  readonly interval: Interval;
}

/** Words of the figure. */
export interface DifferenceIntervalsOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** What less what: "tuned − plain, points". */
  readonly measure: string;
}

/**
 * Returns differences with their intervals, one row each from the top, against a line at zero. One
 * whose interval holds 0 is a grey open dot, one that doesn't a green filled one.
 *
 * @param rows at least one
 * @throws InputError `empty-input` for no rows or no title, `out-of-range` for an interval that does
 *   not hold its estimate
 */
export function differenceIntervalsFigure(
  rows: readonly NamedInterval[],
  { title, subtitle, measure }: DifferenceIntervalsOptions,
): Figure {
  if (rows.length === 0) {
    throw new InputError("empty-input", "rows is empty: expected at least one interval.");
  }
  const ends = rows.flatMap(({ interval }) => [100 * interval.low, 100 * interval.high]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const level = Math.round(100 * (rows[0]?.interval.level ?? 0.95));
  const marks = `whisker: ${level} % interval; filled dot: it does not hold 0`;
  return figure(
    {
      title,
      subtitle: `${subtitle ?? ""}\n${marks}`.trim(),
      alt: altText(rows, measure, title),
      height: 150 + 46 * rows.length,
      // Room on the right for the figures of each row.
      x: {
        title: measure,
        range: [low - 0.03 * (high - low), high + 0.45 * (high - low)],
        ticks: ticksWithin(low, high),
      },
      y: { categories: rows.map(({ name }) => name) },
    },
    verticalLine(0, { dash: "solid", color: greys.baseline }),
    ...[true, false].flatMap((clear) => layer(rows, clear)),
    ...rows.map(({ name, interval }) =>
      note({ x: high + 0.04 * (high - low), y: name, text: words(interval), anchor: "left" }),
    ),
  );
}

function layer(rows: readonly NamedInterval[], clear: boolean): Mark[] {
  const own = rows.filter(({ interval: { low, high } }) => (low > 0 || high < 0) === clear);
  if (own.length === 0) return [];
  const ends = (end: "low" | "high") => own.map(({ interval }) => 100 * interval[end]);
  return [
    dots({
      x: own.map(({ interval }) => 100 * interval.estimate),
      y: own.map(({ name }) => name),
      xWhiskers: { low: ends("low"), high: ends("high") },
      color: clear ? styles.right.color : greys.axis,
      symbol: clear ? "circle" : "circle-open",
      size: 11,
      hover: own.map(({ name, interval }) => `${name}\n${words(interval)} points`),
    }),
  ];
}

function words({ estimate, low, high }: Interval): string {
  return `${signedPoints(estimate)} (${points(low)} to ${points(high)})`;
}

/** Round values where there are whiskers, none beneath the figures on the right. */
function ticksWithin(low: number, high: number): number[] {
  const step = [0.5, 1, 2, 5, 10, 20].find((size) => (high - low) / size <= 8) ?? 50;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => step * (first + i));
}

function altText(rows: readonly NamedInterval[], measure: string, title: string): string {
  const each = rows.map(({ name, interval }) => `${name}: ${words(interval)}`);
  return (
    `Dots with whiskers, one row each: ${measure}, with intervals, against a line at zero. ` +
    `${each.join("; ")}. ${title}.`
  );
}
