import { InputError } from "../errors";
import type { Figure } from "../figure";
import { requireSameLength } from "../inputs";
import { greys, styles } from "../palette";
import { requireCount } from "../ranges";
import { line } from "./line";
import { note } from "./notes";
import { figure } from "./panels";

/** What stands around the curve. */
export interface AveragedMasksOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** What the distance is measured in: "distance of the logits". */
  readonly measure: string;
  /** What a run is: "images"; default "runs". */
  readonly runs?: string;
}

/**
 * Returns how far the mean over so many masks is from the plain pass, against the number of masks,
 * both on logarithmic scales: thin lines are runs (other masks, or other samples), the thick one is their mean, and a dotted one falls
 * like one over the root of the number from where the mean begins.
 *
 * @param counts numbers of masks in rising order, at least two
 * @param runs for each run one distance above 0 per count
 * @throws InputError `out-of-range` for fewer counts or runs, or no distance; `length-mismatch`
 */
export function averagedMasksFigure(
  counts: readonly number[],
  runs: readonly (readonly number[])[],
  { title, subtitle, measure, runs: kind = "runs" }: AveragedMasksOptions,
): Figure {
  requireRuns(counts, runs);
  const means = counts.map(
    (_, i) => runs.reduce((sum, run) => sum + (run[i] as number), 0) / runs.length,
  );
  const [first, last] = [counts[0] as number, counts.at(-1) as number];
  const guide = counts.map((count) => (means[0] as number) * Math.sqrt(first / count));
  const written = means.map((value) => value.toPrecision(2));
  const each = counts.map((count, i) => `${written[i]} with ${thousands(count)}`);
  return figure(
    {
      title,
      subtitle: `${subtitle ?? ""}\nthin lines: ${runs.length} ${kind}, thick: their mean`.trim(),
      alt:
        `Falling lines, both axes logarithmic: ${measure} between the mean over masks and the plain ` +
        `pass, against the number of masks from ${thousands(first)} to ${thousands(last)}. Mean of ` +
        `${runs.length} ${kind}: ${each.join(", ")}. A dotted line falls like 1 over the root of the ` +
        `number. ${title}.`,
      height: 340,
      x: {
        title: "masks averaged (log scale)",
        type: "log",
        range: [0.8 * first, 1.6 * last],
        ticks: [...counts],
        tickLabels: counts.map(thousands),
      },
      y: {
        title: `${measure} (log scale)`,
        type: "log",
        range: rangeOf([...runs.flat(), ...guide]),
      },
    },
    ...runs.map((run) =>
      line({ x: counts, y: run, color: greys.context, width: 1, dash: "solid" }),
    ),
    line({ x: counts, y: guide, color: greys.axis, width: 1.5, dash: "dot" }),
    line({
      x: counts,
      y: means,
      style: styles.model,
      markers: true,
      hover: counts.map((count, i) => `${thousands(count)} masks: ${written[i]}`),
    }),
    ...counts.map((count, i) =>
      note({
        x: count,
        y: 1.8 * (means[i] as number),
        text: written[i] as string,
        anchor: "left",
      }),
    ),
    note({
      x: Math.sqrt(first * last),
      y: 0.5 * (means[0] as number) * Math.sqrt(first / Math.sqrt(first * last)),
      text: "dotted: 1 / √masks",
      anchor: "right",
      color: greys.axis,
    }),
  );
}

/** Both ends of all distances, and room for the numbers above them. */
function rangeOf(values: readonly number[]): [number, number] {
  return [0.7 * Math.min(...values), 2.4 * Math.max(...values)];
}

function requireRuns(counts: readonly number[], runs: readonly (readonly number[])[]): void {
  if (counts.length < 2 || runs.length === 0) {
    throw new InputError(
      "out-of-range",
      `Expected at least two numbers of masks and one run, got ${counts.length} and ${runs.length}.`,
      { counts: counts.length, runs: runs.length },
    );
  }
  for (const [i, count] of counts.entries()) {
    requireCount(`counts[${i}]`, count, i === 0 ? 1 : (counts[i - 1] as number) + 1);
  }
  for (const [r, run] of runs.entries()) {
    requireSameLength("counts", counts, `runs[${r}]`, run);
    const wrong = run.findIndex((value) => !(value > 0 && value < Number.POSITIVE_INFINITY));
    if (wrong < 0) continue;
    throw new InputError(
      "out-of-range",
      `runs[${r}][${wrong}] is ${run[wrong]}: expected a distance above 0, for the scale is ` +
        "logarithmic. A distance of exactly 0 hints at a pass without dropout.",
      { run: r, index: wrong },
    );
  }
}

function thousands(count: number): string {
  return count.toLocaleString("en-US");
}
