import type { Figure } from "../figure";
import { requireSameLength } from "../inputs";
import type { FindingOptions } from "./confusion-matrix-figure";
import {
  type CurveOptions,
  curveLabel,
  curveStyle,
  greatest,
  RATE_RANGE,
  rateWords,
  requireRates,
  thresholdWords,
} from "./curve-series";
import { line } from "./line";
import { joinMarks, type Mark } from "./mark";
import { segment } from "./notes";
import { figure } from "./panels";
import { sentence } from "./plot-text";

/** The columns of a ROC curve, as `rocCurve` returns them, and how to draw it. */
export interface RocSeries extends CurveOptions {
  readonly thresholds: readonly number[];
  readonly falsePositiveRate: readonly number[];
  readonly truePositiveRate: readonly number[];
}

/**
 * Returns ROC curves as a mark for `panels`, with the diagonal on which guessing lies.
 *
 * @throws InputError for columns that are empty or not equally long, or rates outside 0 to 1
 */
export function rocMark(...curves: readonly RocSeries[]): Mark {
  return joinMarks([
    segment([0, 0], [1, 1]),
    ...curves.flatMap((curve, i) => {
      const { thresholds, falsePositiveRate, truePositiveRate } = curve;
      requireRates({ falsePositiveRate, truePositiveRate });
      requireSameLength("thresholds", thresholds, "truePositiveRate", truePositiveRate);
      const style = curveStyle(curve, i, curves.length);
      const bend = greatest(truePositiveRate.map((rate, k) => rate - falsePositiveRate[k]));
      const point = { x: falsePositiveRate[bend], y: truePositiveRate[bend] };
      const drawn = line({
        x: falsePositiveRate,
        y: truePositiveRate,
        style,
        hover: truePositiveRate.map((recall, k) => {
          const alarms = falsePositiveRate[k];
          return [
            thresholdWords(thresholds[k]),
            rateWords("recall", recall, curve.positives),
            rateWords("false positive rate", alarms, curve.negatives),
          ].join("\n");
        }),
      });
      return [drawn, curveLabel(curve, style, point, "right")];
    }),
  ]);
}

/**
 * Returns ROC curves as a figure.
 *
 * @throws InputError as `rocMark` and `figure` do
 */
export function rocFigure(
  curves: RocSeries | readonly RocSeries[],
  options: FindingOptions,
): Figure {
  const list = "thresholds" in curves ? [curves] : curves;
  const names = list.map((curve) => curve.label ?? "the model").join(", ");
  return figure(
    {
      title: options.title,
      ...(options.subtitle !== undefined && { subtitle: options.subtitle }),
      alt:
        options.alt ??
        `${sentence(options.title)} ROC curve of ${names}: recall against false positive rate, both 0 to 1, ` +
          "with the diagonal of guessing.",
      height: options.height ?? 480,
      x: {
        title: "false positive rate: share of the negatives called positive",
        range: RATE_RANGE,
      },
      y: { title: "recall: share of the positives found", range: RATE_RANGE },
      square: true,
    },
    rocMark(...list),
  );
}
