import { macroAverage, perClass, weightedAverage } from "../averages";
import type { ConfusionMatrix } from "../confusion-matrix";
import type { Figure } from "../figure";
import { greys, okabeIto } from "../palette";
import { dots } from "./dots";
import { mark } from "./mark";
import { verticalLine } from "./notes";
import { type FigureOptions, figure } from "./panels";

/** What the figure says, and what a class is called there. */
export interface ClassScoresOptions extends Omit<FigureOptions, "barMode" | "barGap"> {
  /** Goes before each label: "digit". */
  readonly noun?: string;
}

/**
 * Returns each class' F1 as a dot, the lowest on top, with macro and weighted F1 as upright lines;
 * the rows' names tell the classes' actual samples, the pointer tells the sums.
 *
 * @throws InputError as `panels`
 */
export function classScoresFigure(matrix: ConfusionMatrix, options: ClassScoresOptions): Figure {
  const { noun, ...around } = options;
  const scores = perClass(matrix).sort((a, b) => a.f1.value - b.f1.value);
  const macro = macroAverage(matrix).f1.value;
  const weighted = weightedAverage(matrix).f1.value;
  const name = (label: unknown) => (noun === undefined ? `${label}` : `${noun} ${label}`);
  const lowest = scores[0]?.f1.value;
  return figure(
    {
      height: 110 + 26 * (scores.length + 2),
      ...around,
      x: { title: "F1", range: [-0.02, 1.03], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
      y: {
        title: "class (n = actual samples)",
        categories: scores.map(({ label, support }) => `${name(label)}, n = ${support}`),
      },
    },
    // Both labels left of their lines, at different heights: the lines stand close together.
    labelledLine(macro, `macro ${macro.toFixed(2)}`, okabeIto.vermilion, 0.62),
    labelledLine(weighted, `weighted ${weighted.toFixed(2)}`, greys.text, 0.42),
    dots({
      x: scores.map(({ f1 }) => f1.value),
      y: scores.map(({ label, support }) => `${name(label)}, n = ${support}`),
      color: scores.map(({ f1 }) => (f1.value === lowest ? okabeIto.vermilion : okabeIto.blue)),
      size: 11,
      hover: scores.map(({ label, f1, support }) => {
        const { tp, fp, fn } = matrix.binary(label);
        const sum = `2 x ${tp} / (2 x ${tp} + ${fp} + ${fn})`;
        return `${name(label)}: F1 ${f1.value.toFixed(2)} = ${sum}, of ${support} samples`;
      }),
    }),
  );
}

function labelledLine(x: number, text: string, color: string, height: number) {
  const rule = verticalLine(x, { label: text, color, dash: "dash" });
  return mark({
    ...rule,
    annotations: rule.annotations.map((label) => ({
      ...label,
      y: height,
      xanchor: "right",
      xshift: -6,
      align: "right",
      bgcolor: greys.background,
    })),
  });
}
