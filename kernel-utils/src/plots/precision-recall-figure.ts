import type { Figure } from "../figure";
import { type FindingOptions, percent } from "./confusion-matrix-figure";
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
import { horizontalLine } from "./notes";
import { figure } from "./panels";
import { sentence } from "./plot-text";

/** The columns of a precision-recall curve, as `precisionRecallCurve` returns them. */
export interface PrecisionRecallSeries extends CurveOptions {
  /** One fewer than the points: no threshold belongs to the last, at recall 0. */
  readonly thresholds: readonly number[];
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}

/**
 * Returns precision-recall curves as a mark for `panels`. Where the first curve says how many
 * positives and negatives there are, a line shows the precision of calling everything positive.
 *
 * @throws InputError for columns that are empty or not equally long, or rates outside 0 to 1
 */
export function precisionRecallMark(...curves: readonly PrecisionRecallSeries[]): Mark {
  return joinMarks([
    ...guessing(curves[0]),
    ...curves.flatMap((curve, i) => {
      const { thresholds, precision, recall } = curve;
      requireRates({ precision, recall });
      const style = curveStyle(curve, i, curves.length);
      const bend = greatest(precision.map((rate, k) => rate + recall[k]));
      const point = { x: recall[bend], y: precision[bend] };
      const drawn = line({
        x: recall,
        y: precision,
        steps: true,
        style,
        hover: recall.map((found, k) =>
          [
            thresholdWords(thresholds[k] ?? Number.POSITIVE_INFINITY),
            precisionWords(precision[k], found, curve.positives),
            rateWords("recall", found, curve.positives),
          ].join("\n"),
        ),
      });
      return [drawn, curveLabel(curve, style, point, "left")];
    }),
  ]);
}

function guessing(curve: PrecisionRecallSeries | undefined): Mark[] {
  if (curve?.positives === undefined || curve.negatives === undefined) return [];
  const share = curve.positives / (curve.positives + curve.negatives);
  const label = `share of positives, ${percent(share)}`;
  return [horizontalLine(share, { label, labelSide: "left" })];
}

/** Of those called positive, how many are: the counts follow from recall and the positives. */
function precisionWords(precision: number, recall: number, positives: number | undefined): string {
  const found = positives === undefined ? 0 : Math.round(recall * positives);
  const called = precision === 0 ? 0 : Math.round(found / precision);
  const counts = found === 0 ? "" : `${found} of ${called} = `;
  return `precision ${counts}${precision.toFixed(3)}`;
}

/**
 * Returns precision-recall curves as a figure.
 *
 * @throws InputError as `precisionRecallMark` and `figure` do
 */
export function precisionRecallFigure(
  curves: PrecisionRecallSeries | readonly PrecisionRecallSeries[],
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
        `${sentence(options.title)} Precision-recall curve of ${names}: precision against recall, both 0 to 1.`,
      height: options.height ?? 480,
      x: { title: "recall: share of the positives found", range: RATE_RANGE },
      y: { title: "precision: share of the calls that are right", range: RATE_RANGE },
      square: true,
    },
    precisionRecallMark(...list),
  );
}
