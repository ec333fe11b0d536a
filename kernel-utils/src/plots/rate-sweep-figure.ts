import { InputError } from "../errors";
import type { Figure } from "../figure";
import { requireSameLength } from "../inputs";
import { meanInterval } from "../mean-interval";
import { greys, styles } from "../palette";
import { requireProportion } from "../ranges";
import { dots } from "./dots";
import { line } from "./line";
import { note } from "./notes";
import { type Panel, panels } from "./panels";
import { points, signedPoints } from "./points-text";

/** Trainings under one condition: for each seed the accuracy at each rate. */
export interface RateSweep {
  /** The panel's heading: "20 % of the labels wrong". */
  readonly name: string;
  /** A list per seed, with one proportion per rate; equal places belong together. */
  readonly accuracies: readonly (readonly number[])[];
}

/** What stands around the sweep. */
export interface RateSweepOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** The rates in rising order, at least two; gains are over the first. */
  readonly rates: readonly number[];
  /** What is measured: "accuracy on 600 validation images, %". */
  readonly measure: string;
}

/**
 * Returns accuracy against a rate, a panel for each condition: thin lines are seeds, the thick one is
 * their mean with its gain over the first rate in points. A whisker is Student's 95 % interval of that
 * gain, paired by seed, drawn about the mean.
 *
 * @param sweeps one to three, each with at least two seeds
 * @throws InputError `out-of-range` for other numbers of sweeps, seeds, or rates, and for per cents;
 *   `length-mismatch` where a seed lacks a rate
 */
export function rateSweepFigure(
  sweeps: readonly RateSweep[],
  { title, subtitle, rates, measure }: RateSweepOptions,
): Figure {
  requireSweeps(sweeps, rates);
  const seeds = sweeps[0]?.accuracies.length ?? 0;
  const all = sweeps.flatMap(({ accuracies }) => accuracies.flat());
  const [worst, best] = [100 * Math.min(...all), 100 * Math.max(...all)];
  // Room for the gains above the lines.
  const reach = [Math.floor(worst - 1), best + 0.14 * (best - worst) + 0.5] as const;
  const gains = sweeps.map((sweep) => gainsOf(sweep, rates));
  return panels(
    {
      title,
      subtitle:
        `${subtitle ?? ""}\nthin lines: ${seeds} seeds, thick: their mean; numbers: gain over rate ` +
        `${rates[0]} in points, whisker: its 95 % interval, paired by seed`.trim(),
      alt: altText(sweeps, gains, rates, { title, measure, seeds }),
      height: 380,
      columns: sweeps.map(() => 1),
    },
    sweeps.map((sweep, i) => sweepPanel(sweep, gains[i] as Gain[], rates, reach, measure)),
  );
}

interface Gain {
  readonly mean: number;
  readonly gain: number;
  readonly half: number;
}

function gainsOf({ accuracies }: RateSweep, rates: readonly number[]): Gain[] {
  return rates.map((_, r) => {
    const values = accuracies.map((run) => run[r] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const { estimate, high } = meanInterval(accuracies.map((run) => (run[r] ?? 0) - (run[0] ?? 0)));
    return { mean, gain: estimate, half: high - estimate };
  });
}

function sweepPanel(
  { name, accuracies }: RateSweep,
  gains: readonly Gain[],
  rates: readonly number[],
  range: readonly [number, number],
  measure: string,
): Panel {
  const means = gains.map(({ mean }) => 100 * mean);
  const tops = rates.map((_, r) => 100 * Math.max(...accuracies.map((run) => run[r] as number)));
  return {
    title: name,
    x: {
      title: "dropout rate",
      ticks: [...rates],
      range: [-0.08, 1.04 * (rates.at(-1) ?? 1) + 0.06],
    },
    y: { title: `${measure} (axis cut)`, range },
    marks: [
      ...accuracies.map((run) =>
        line({
          x: rates,
          y: run.map((value) => 100 * value),
          color: greys.context,
          width: 1,
          dash: "solid",
        }),
      ),
      line({ x: rates, y: means, style: styles.model }),
      dots({
        x: rates,
        y: means,
        style: styles.model,
        yWhiskers: {
          low: means.map((mean, r) => mean - 100 * (gains[r] as Gain).half),
          high: means.map((mean, r) => mean + 100 * (gains[r] as Gain).half),
        },
        hover: gains.map(
          ({ mean, gain, half }, r) =>
            `rate ${rates[r]}: mean ${points(mean)} %\n` +
            `gain ${signedPoints(gain)} ± ${points(half)} points, n = ${accuracies.length} seeds`,
        ),
      }),
      ...gains.slice(1).map(({ mean, gain, half }, i) =>
        note({
          x: rates[i + 1] as number,
          y: Math.max(tops[i + 1] as number, 100 * (mean + half)) + 0.05 * (range[1] - range[0]),
          text: signedPoints(gain),
        }),
      ),
    ],
  };
}

function requireSweeps(sweeps: readonly RateSweep[], rates: readonly number[]): void {
  if (sweeps.length < 1 || sweeps.length > 3 || rates.length < 2) {
    throw new InputError(
      "out-of-range",
      `Expected 1 to 3 sweeps of at least 2 rates, got ${sweeps.length} of ${rates.length}.`,
      { sweeps: sweeps.length, rates: rates.length },
    );
  }
  for (const { name, accuracies } of sweeps) {
    if (accuracies.length < 2) {
      throw new InputError(
        "out-of-range",
        `"${name}" has ${accuracies.length} seeds: expected two or more, as one shows no spread.`,
        { name, seeds: accuracies.length },
      );
    }
    for (const [seed, run] of accuracies.entries()) {
      requireSameLength("rates", rates, `accuracies[${seed}] of ${name}`, run);
      for (const [r, value] of run.entries()) {
        requireProportion(`accuracies[${seed}][${r}] of ${name}`, value);
      }
    }
  }
}

function altText(
  sweeps: readonly RateSweep[],
  gains: readonly (readonly Gain[])[],
  rates: readonly number[],
  { title, measure, seeds }: { title: string; measure: string; seeds: number },
): string {
  const each = sweeps.map(({ name }, i) => {
    const texts = (gains[i] ?? []).map(({ mean, gain, half }, r) =>
      r === 0
        ? `${points(mean)} % at rate ${rates[0]}`
        : `${signedPoints(gain)} ± ${points(half)} at ${rates[r]}`,
    );
    return `${name}: ${texts.join(", ")}`;
  });
  return (
    `Lines in ${sweeps.length} panels: ${measure}, against the dropout rate; a thin line for each of ` +
    `${seeds} seeds, the mean on top, gains in points. ${each.join(". ")}. ${title}.`
  );
}
