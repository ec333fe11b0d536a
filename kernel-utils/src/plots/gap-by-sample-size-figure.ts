import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type HeadroomCondition, type HeadroomRow, headroomTable, rankRows } from "../headroom";
import { differenceInterval, type Interval } from "../intervals";
import { greys, styles } from "../palette";
import { requireCount } from "../ranges";
import { dots } from "./dots";
import type { Mark } from "./mark";
import { note, verticalLine } from "./notes";
import { figure } from "./panels";
import { points, signedPoints } from "./points-text";
import { withSlider } from "./steps";

/** What stands around the intervals, and which sample sizes the slider has. */
export interface GapBySampleSizeOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** What is counted: "clips". */
  readonly unit: string;
  /** Sample sizes in rising order, 2 to 40 of them. */
  readonly counts: readonly number[];
  /** The sample size to begin with, one of `counts`. */
  readonly start: number;
  /** Sample sizes for the static picture, of `counts`; `start` alone unless given. */
  readonly pictureCounts?: readonly number[];
}

/** A condition's gap with so many samples of it. */
interface MeasuredGap {
  readonly row: HeadroomRow;
  /** Samples of this condition. */
  readonly n: number;
  readonly gap: Interval;
}

/**
 * Returns each condition's gap (people minus model) with the 95 % interval that a sample of a given
 * size would show, were its accuracies and shares exactly these; a slider changes the size. A gap
 * whose interval holds 0 is a grey open dot, one that doesn't a green filled one.
 *
 * The interval is that of two separate samples (Wald); the same cases judged twice often have a
 * narrower one.
 *
 * @param conditions as `headroomTable` takes them: proportions, shares adding up to 1 at most
 * @throws InputError as `headroomTable` does, and `out-of-range` for a size so small that a
 *   condition gets no sample, or a start that is none of the counts
 */
export function gapBySampleSizeFigure(
  conditions: readonly HeadroomCondition[],
  options: GapBySampleSizeOptions,
): Figure {
  const rows = rankRows(headroomTable(conditions).rows, "gap");
  const measured = options.counts.map((count) => measureGaps(rows, count));
  const ends = measured.flat().flatMap(({ gap }) => [100 * gap.low, 100 * gap.high]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const base = figure(
    {
      title: options.title,
      subtitle:
        `${options.subtitle ?? ""}\nwhisker: 95 % interval; filled dot: it does not hold 0`.trim(),
      alt: altText(rows, measured, options),
      height: 330,
      // Room on the right for the figures of each row.
      x: {
        title: "gap: people \u2212 model, points",
        range: [low, high + 0.4 * (high - low)],
        ticks: ticksWithin(low, high),
      },
      y: { categories: rows.map((row) => row.name) },
    },
    verticalLine(0, { dash: "solid", color: greys.baseline }),
  );
  return withSlider(base, {
    label: options.unit,
    steps: measured.map((gaps, i) => ({
      label: thousands(options.counts[i] as number),
      marks: gapMarks(gaps, high),
    })),
    start: stepOf(options.start, options.counts),
    ...(options.pictureCounts && {
      pictureSteps: options.pictureCounts.map((count) => stepOf(count, options.counts)),
    }),
  });
}

function measureGaps(rows: readonly HeadroomRow[], count: number): MeasuredGap[] {
  requireCount("counts", count, 1);
  return rows.map((row) => {
    const n = Math.round(row.share * count);
    if (n > 0) {
      const gap = differenceInterval({ share: row.human, n }, { share: row.model, n });
      return { row, n, gap };
    }
    throw new InputError(
      "out-of-range",
      `With ${count} samples in all, ${row.name} (share ${row.share}) gets none: expected at least ` +
        "one for each condition. Begin with a larger count.",
      { count, name: row.name },
    );
  });
}

/** One step: dots with whiskers, and right of them each row's n and interval. */
function gapMarks(gaps: readonly MeasuredGap[], right: number): Mark[] {
  const clear = gaps.map(({ gap }) => gap.low > 0 || gap.high < 0);
  const half = gaps.map(({ gap }) => (gap.high - gap.low) / 2);
  const texts = gaps.map(
    ({ n, gap }, i) =>
      `${signedPoints(gap.estimate)} \u00B1 ${(100 * (half[i] ?? 0)).toFixed(1)}, n = ${thousands(n)}`,
  );
  const layer = (isClear: boolean): Mark[] => {
    const chosen = gaps.filter((_, i) => clear[i] === isClear);
    if (chosen.length === 0) return [];
    const ends = (end: "low" | "high"): number[] => chosen.map(({ gap }) => 100 * gap[end]);
    return [
      dots({
        x: chosen.map(({ gap }) => 100 * gap.estimate),
        y: chosen.map(({ row }) => row.name),
        xWhiskers: { low: ends("low"), high: ends("high") },
        color: isClear ? styles.right.color : greys.axis,
        symbol: isClear ? "circle" : "circle-open",
        size: 11,
        hover: chosen.map(
          ({ row, n, gap }) =>
            `${row.name}, n = ${thousands(n)}\n${points(row.human)} \u2212 ${points(row.model)} = ` +
            `${points(gap.estimate)} points (${points(gap.low)} to ${points(gap.high)})`,
        ),
      }),
    ];
  };
  const span = gaps.map(({ row }, i) =>
    note({ x: right, y: row.name, text: texts[i] ?? "", anchor: "left" }),
  );
  return [...layer(false), ...layer(true), ...span];
}

function altText(
  rows: readonly HeadroomRow[],
  measured: readonly (readonly MeasuredGap[])[],
  { title, unit, counts, start }: GapBySampleSizeOptions,
): string {
  const shown = measured[stepOf(start, counts)] ?? [];
  const each = shown.map(
    ({ row, n, gap }) =>
      `${row.name} ${signedPoints(gap.estimate)} (${points(gap.low)} to ${points(gap.high)}, ` +
      `n = ${thousands(n)})`,
  );
  return (
    `Dots with whiskers, one row for each of ${rows.length} conditions: the gap between people and ` +
    `model in points with its 95 % interval; a slider sets the number of ${unit}. ` +
    `At ${thousands(start)}: ${each.join("; ")}. ${title}.`
  );
}

/** Round values where there are whiskers, none beneath the figures on the right. */
function ticksWithin(low: number, high: number): number[] {
  const step = [1, 2, 5, 10, 20].find((size) => (high - low) / size <= 8) ?? 50;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => step * (first + i));
}

function stepOf(count: number, counts: readonly number[]): number {
  const step = counts.indexOf(count);
  if (step >= 0) return step;
  throw new InputError(
    "out-of-range",
    `${count} is none of the counts: expected one of ${counts.join(", ")}.`,
    { count },
  );
}

function thousands(count: number): string {
  return count.toLocaleString("en-US");
}
