import { InputError } from "../errors";
import type { Figure } from "../figure";
import type { LearningCurve, LearningCurvePoint } from "../learning-curve";
import { styles } from "../palette";
import { line } from "./line";
import type { Mark } from "./mark";
import { figure } from "./panels";

/** Words of the figure, and what is measured. */
export interface LearningCurveFigureOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  /** Which data and model these are; how many runs there are is added. */
  readonly subtitle?: string;
  /** What was scored, with its unit; default "accuracy, %". */
  readonly measure?: string;
  /** What scores are multiplied by for the axis; default 100, which makes proportions per cents. */
  readonly factor?: number;
  /** In pixels. */
  readonly height?: number;
}

const PARTS = ["train", "validation"] as const;

/**
 * Returns training and validation scores against the number of training samples (log scale): a thin
 * line for every run, the mean on top.
 *
 * @param curve what `learningCurve` returns, with two sizes or more
 * @throws InputError `out-of-range` for a single size, `empty-input` for no title
 */
export function learningCurveFigure(
  curve: LearningCurve,
  { title, subtitle, measure = "accuracy, %", factor = 100, height }: LearningCurveFigureOptions,
): Figure {
  const { points } = curve;
  if (points.length < 2) {
    throw new InputError(
      "out-of-range",
      `A learning curve needs two sizes or more, got ${points.length}. Give learningCurve more sizes.`,
      { sizes: points.length },
    );
  }
  const sizes = points.map(({ size }) => size);
  const runs = points[0]?.runs ?? 0;
  const lead = subtitle === undefined ? "" : `${subtitle}; `;
  const spread = runs > 1 ? `thin lines: ${runs} runs, thick: their mean` : "one run";
  return figure(
    {
      title,
      subtitle: `${lead}${spread}`,
      alt: altText(points, { title, measure, factor }),
      height: height ?? 380,
      x: {
        title: "training samples (log scale)",
        type: "log",
        ticks: sizes,
        tickLabels: sizes.map((size) => size.toLocaleString("en-US")),
      },
      y: { title: measure },
    },
    ...PARTS.flatMap((part) => (runs > 1 ? threads(curve, part, factor) : [])),
    ...PARTS.map((part) =>
      line({
        x: sizes,
        y: points.map((point) => factor * point[part].mean),
        label: part === "train" ? "training" : "validation",
        style: styles[part],
        markers: true,
        hover: points.map((point) => hoverText(point, part, factor)),
      }),
    ),
  );
}

/** One faint line for every fold and seed. */
function threads(curve: LearningCurve, part: "train" | "validation", factor: number): Mark[] {
  const smallest = curve.scores.filter(({ size }) => size === curve.points[0]?.size);
  return smallest.map(({ fold, seed }) => {
    const own = curve.scores.filter((score) => score.fold === fold && score.seed === seed);
    return line({
      x: own.map(({ size }) => size),
      y: own.map((score) => factor * score[part]),
      style: styles[part],
      width: 1,
      opacity: 0.4,
    });
  });
}

function hoverText(
  { size, runs, ...scores }: LearningCurvePoint,
  part: "train" | "validation",
  factor: number,
): string {
  const { mean, sd } = scores[part];
  const spread = sd === undefined ? "one run" : `sd ${(factor * sd).toFixed(1)}, ${runs} runs`;
  const name = part === "train" ? "training" : "validation";
  return `${size.toLocaleString("en-US")} samples\n${name} ${(factor * mean).toFixed(1)} (${spread})`;
}

function altText(
  points: readonly LearningCurvePoint[],
  { title, measure, factor }: { title: string; measure: string; factor: number },
): string {
  const each = points.map(
    ({ size, train, validation }) =>
      `with ${size} samples ${(factor * train.mean).toFixed(1)} and ` +
      (factor * validation.mean).toFixed(1),
  );
  return (
    `Learning curve: ${measure} in training and in validation against the number of training ` +
    `samples, on a logarithmic axis; ${each.join(", ")}. ${title}.`
  );
}
