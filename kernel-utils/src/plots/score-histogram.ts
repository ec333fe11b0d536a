import { InputError } from "../errors";
import { greys, okabeIto } from "../palette";
import { bars } from "./bars";
import type { Mark } from "./mark";

/**
 * Probabilities crowd near 0 and 1, so the axis stretches both ends: positions are log-odds,
 * `ln(p / (1 - p))`. Bins and thresholds lie on the same grid, so that a threshold never cuts a bar.
 */
const BIN = 0.5;
/** Scores beyond .0025 and .9975 share the outermost bins. */
const MOST_BINS = 12;

/** Thresholds that lie on borders of bins: .007, .011 ... .5 ... .993. */
export const gridThresholds: readonly number[] = Array.from({ length: 21 }, (_, i) =>
  probabilityAt((i - 10) * BIN),
);

/** Labelled positions of the log-odds axis. */
export const logOddsTicks = [0.01, 0.1, 0.5, 0.9, 0.99] as const;

/** Returns the place of a probability on the axis. */
export function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}

function probabilityAt(position: number): number {
  return 1 / (1 + Math.exp(-position));
}

/** The axis from the first to the last border. */
export const logOddsRange: readonly [number, number] = [-MOST_BINS * BIN, MOST_BINS * BIN];

/** Probabilities at the borders between bins. */
const BORDERS = Array.from({ length: 2 * MOST_BINS - 1 }, (_, i) =>
  probabilityAt((i + 1 - MOST_BINS) * BIN),
);

/** Returns how many scores fall into each bin; a score on a border counts to the bin above it. */
export function countBins(scores: readonly number[]): number[] {
  const counts = new Array<number>(BORDERS.length + 1).fill(0);
  for (const [i, score] of scores.entries()) {
    if (!(score >= 0 && score <= 1)) {
      throw new InputError(
        "out-of-range",
        `scores[${i}] is ${score}: expected probabilities from 0 to 1. Apply a sigmoid to logits.`,
        { index: i, score },
      );
    }
    const bin = BORDERS.findIndex((border) => score < border);
    const place = bin < 0 ? BORDERS.length : bin;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** How one class' histogram is coloured and named. */
export interface HistogramSide {
  /** True for positives: they are right at or above the threshold, negatives below it. */
  readonly isPositive: boolean;
  /** What right and wrong answers of this class are called. */
  readonly right: string;
  readonly wrong: string;
}

/** Returns one class' bars; those on the wrong side of the threshold are marked as such. */
export function histogramBars(
  counts: readonly number[],
  threshold: number,
  side: HistogramSide,
): Mark {
  const centres = counts.map((_, bin) => (bin - MOST_BINS + 0.5) * BIN);
  const right = side.isPositive ? okabeIto.green : greys.context;
  const isRight = centres.map((centre) => probabilityAt(centre) >= threshold === side.isPositive);
  return bars({
    at: centres,
    values: counts,
    width: 0.9 * BIN,
    color: isRight.map((fine) => (fine ? right : okabeIto.vermilion)),
    hover: counts.map((count, bin) => {
      const from = bin === 0 ? 0 : (BORDERS[bin - 1] ?? 0);
      const to = BORDERS[bin] ?? 1;
      const what = isRight[bin] ? side.right : side.wrong;
      return `score ${from.toFixed(3)} to ${to.toFixed(3)}: ${count} ${what}`;
    }),
  });
}
