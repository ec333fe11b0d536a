import { InputError } from "../errors";
import type { Figure } from "../figure";
import { okabeIto, styles } from "../palette";
import { requireCount, requireProportion } from "../ranges";
import { dots } from "./dots";
import type { Mark } from "./mark";
import { note, segment } from "./notes";
import { figure } from "./panels";
import { points, signedPoints } from "./points-text";
import { withSlider } from "./steps";

/** Width of the room for texts, as a share of the square's. */
const ROOM = 0.8;

/** What one search chose: the same model's score twice, as proportions. */
export interface ChosenModel {
  /** The score by which it was chosen, the best of all. */
  readonly validation: number;
  /** Its score on data that had no say in the choice. */
  readonly test: number;
}

/** The searches that chose by so many samples. */
export interface OptimismStep {
  /** Samples in each validation set. */
  readonly size: number;
  /** One for each search; at least one. */
  readonly chosen: readonly ChosenModel[];
}

/** What stands around the dots, and where the slider begins. */
export interface OptimismOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** The validation size to begin with, one of the steps'. */
  readonly start: number;
  /** Sizes for the static picture; `start` alone unless given. */
  readonly pictureSizes?: readonly number[];
}

/**
 * Returns chosen models as dots: their score on test data across, the score by which they were chosen
 * upwards. A dot above the diagonal was promised more than it kept; a slider changes how many samples it was
 * chosen by.
 *
 * @param steps 2 to 40 validation sizes, in rising order
 * @throws InputError for too few or too many steps, a step without searches, scores that are no
 *   proportions, a size that is no step
 * @example
 * import { optimismFigure } from "@headroom/kernel-utils";
 * const figure = optimismFigure(
 *   [
 *     { size: 100, chosen: [{ validation: 0.98, test: 0.95 }] },
 *     { size: 200, chosen: [{ validation: 0.97, test: 0.96 }] },
 *   ],
 *   { title: "More images, fewer illusions", start: 100 },
 * );
 * figure.alt.includes("100: +3 points"); // => true
 */
export function optimismFigure(steps: readonly OptimismStep[], options: OptimismOptions): Figure {
  for (const { size, chosen } of steps) requireStep(size, chosen);
  const all = steps.flatMap(({ chosen }) => chosen);
  const scores = all.flatMap(({ validation, test }) => [100 * validation, 100 * test]);
  const high = Math.max(1, Math.ceil(Math.max(...scores)));
  const low = Math.min(Math.floor(Math.min(...scores)), high - 1);
  const ticks = ticksBetween(low, high);
  const { title, subtitle, start, pictureSizes } = options;
  const key = "above the line: scored better than it is";
  const base = figure(
    {
      title,
      subtitle: subtitle === undefined ? key : `${subtitle}\n${key}`,
      alt:
        "Dots, one for each search: its chosen model's accuracy on test data across, on the " +
        "validation data by which it was chosen upwards, both in per cent; a slider sets the number of " +
        `validation samples. Mean distance above the diagonal: ${steps.map(meanText).join(", ")}. ` +
        `${title}.`,
      height: 480,
      square: true,
      // Room on the right for the means.
      x: { title: "test accuracy, % (axis cut)", range: [low, high + ROOM * (high - low)], ticks },
      y: { title: "validation accuracy, % (axis cut)", range: [low, high], ticks },
    },
    segment([low, low], [high, high]),
  );
  return withSlider(base, {
    label: "validation samples",
    steps: steps.map((step) => ({
      label: String(step.size),
      marks: stepMarks(step, [low, high]),
    })),
    start: indexOf(start, steps),
    ...(pictureSizes && { pictureSteps: pictureSizes.map((size) => indexOf(size, steps)) }),
  });
}

/** About four round numbers. */
function ticksBetween(low: number, high: number): number[] {
  const step = [1, 2, 5, 10, 20].find((size) => (high - low) / size <= 5) ?? 25;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => step * (first + i));
}

function requireStep(size: number, chosen: readonly ChosenModel[]): void {
  requireCount("size", size, 1);
  if (chosen.length === 0) {
    throw new InputError(
      "empty-input",
      `No search chose by ${size} samples: expected one or more.`,
      {
        size,
      },
    );
  }
  for (const { validation, test } of chosen) {
    requireProportion("validation", validation);
    requireProportion("test", test);
  }
}

function stepMarks({ size, chosen }: OptimismStep, [low, high]: [number, number]): Mark[] {
  const isAbove = ({ validation, test }: ChosenModel) => validation > test;
  const layer = (wanted: boolean): Mark[] => {
    const some = chosen.filter((one) => isAbove(one) === wanted);
    if (some.length === 0) return [];
    const { color, symbol } = wanted ? styles.wrong : styles.right;
    return [
      dots({
        x: some.map(({ test }) => 100 * test),
        y: some.map(({ validation }) => 100 * validation),
        color,
        symbol,
        size: 6,
        opacity: 0.7,
        hover: some.map(
          ({ validation, test }) =>
            `chosen by ${size}: ${points(validation)} %\non test data: ${points(test)} %\n` +
            `${points(validation)} - ${points(test)} = ${signedPoints(validation - test)}`,
        ),
      }),
    ];
  };
  const above = chosen.filter(isAbove).length;
  const middle = meanOf(chosen, ({ validation }) => validation);
  const text =
    `Means of ${chosen.length} searches\n` +
    `chosen by ${size}: ${points(middle)} %\n` +
    `on test data: ${points(meanOf(chosen, ({ test }) => test))} %\n` +
    `${above} of ${chosen.length} above the line`;
  const [x, y] = [high + 0.06 * (high - low), low + 0.5 * (high - low)];
  return [
    ...layer(true),
    ...layer(false),
    note({ x, y, text, anchor: "left" }),
    dots({
      x: [100 * meanOf(chosen, ({ test }) => test)],
      y: [100 * middle],
      color: okabeIto.black,
      symbol: "diamond",
      size: 12,
      hover: [`mean of ${chosen.length} searches: ${meanText({ size, chosen })}`],
    }),
  ];
}

function meanText({ size, chosen }: OptimismStep): string {
  return `${size}: ${signedPoints(meanOf(chosen, ({ validation, test }) => validation - test))} points`;
}

function meanOf(chosen: readonly ChosenModel[], of: (one: ChosenModel) => number): number {
  return chosen.reduce((sum, one) => sum + of(one), 0) / chosen.length;
}

function indexOf(size: number, steps: readonly OptimismStep[]): number {
  const index = steps.findIndex((step) => step.size === size);
  if (index >= 0) return index;
  throw new InputError(
    "out-of-range",
    `${size} is none of the validation sizes: expected one of ${steps.map((step) => step.size).join(", ")}.`,
    { size },
  );
}
