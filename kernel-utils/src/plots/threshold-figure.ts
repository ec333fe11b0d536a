import type { BinaryOptions } from "../binary-counts";
import type { Figure } from "../figure";
import type { LabelColumn, NumberColumn } from "../inputs";
import { greys, okabeIto } from "../palette";
import { precisionRecallCurve } from "../precision-recall-curve";
import { rocCurve } from "../ranking-metrics";
import { readScored } from "../scored-samples";
import { type ThresholdRow, thresholdTable } from "../threshold";
import { bars } from "./bars";
import { dots } from "./dots";
import { heatmap } from "./heatmap";
import { line } from "./line";
import { inPanel, type Mark } from "./mark";
import { note, segment, verticalLine } from "./notes";
import { type Panel, panels } from "./panels";
import {
  countBins,
  gridThresholds,
  histogramBars,
  logOdds,
  logOddsRange,
  logOddsTicks,
} from "./score-histogram";
import { withSlider } from "./steps";

/** What the two classes are called. */
export interface ClassNames {
  readonly positive: string;
  readonly negative: string;
}

/** How the explorer names the classes, and where its slider begins. */
export interface ThresholdFigureOptions extends Pick<BinaryOptions, "positive"> {
  /** For example { positive: "an 8", negative: "another digit" }. */
  readonly names?: ClassNames;
  /** The finding. */
  readonly title?: string;
  /** Which data these are: "validation set". */
  readonly data?: string;
}

/** The slider begins at .5, the middle border. */
const START = 10;
/** The static picture also shows a low threshold, .182. */
const LOW = 7;

const METRICS = ["accuracy", "precision", "recall", "F1"];

/**
 * Returns an explorer of the threshold: histograms of both classes' scores, the confusion matrix,
 * accuracy, precision, recall and F1, and the precision-recall and ROC curves with the current
 * point, all moved by one slider of 21 thresholds from .007 to .993 (equal steps of log-odds). A
 * sample is called positive at `score >= threshold`.
 *
 * @param actual the true labels
 * @param scores probabilities from 0 to 1
 * @throws InputError `out-of-range` for scores outside 0 to 1, `one-class` unless there are positives
 *   and negatives; otherwise as `rocCurve`
 */
export function thresholdFigure(
  actual: LabelColumn,
  scores: NumberColumn,
  options: ThresholdFigureOptions = {},
): Figure {
  const binary = options.positive === undefined ? {} : { positive: options.positive };
  const samples = readScored(actual, scores, binary);
  const ofClass = (wanted: number) =>
    [...samples.scores].filter((_, i) => samples.isPositive[i] === wanted);
  const bins = { positive: countBins(ofClass(1)), negative: countBins(ofClass(0)) };
  const rows = thresholdTable(actual, scores, { ...binary, thresholds: gridThresholds });
  const atStart = rows[START] as ThresholdRow;
  const names = options.names ?? { positive: "positive", negative: "negative" };
  const n = samples.scores.length;
  const positives = atStart.tp + atStart.fn;
  const figure = panels(
    {
      title: options.title ?? "A higher threshold trades false alarms for misses",
      subtitle:
        `${options.data ?? "samples"}: ${n}, of which ${positives} are ${names.positive}; ` +
        "orange-red is wrong; triangle: accuracy of always naming the common class; " +
        "the axes of scores are stretched at both ends",
      alt:
        `Six linked panels over a threshold slider: histograms of the scores of ${names.positive} ` +
        `(${positives}) and of ${names.negative} (${n - positives}), confusion matrix, bars of ` +
        "accuracy, precision, recall and F1, precision-recall curve and ROC curve with the current " +
        `point. At threshold 0.5 ${describe(atStart)}. A higher threshold means fewer false alarms ` +
        "and more misses.",
      columns: [1, 1],
      rows: [0.8, 0.8, 1.15],
      height: 690,
    },
    [
      histogramPanel(`scores of ${names.positive} (${positives})`, bins.positive),
      histogramPanel(`scores of ${names.negative} (${n - positives})`, bins.negative),
      matrixPanel(names),
      metricsPanel(Math.max(positives, n - positives) / n),
      precisionRecallPanel(precisionRecallCurve(actual, scores, binary), positives / n),
      rocPanel(rocCurve(actual, scores, binary)),
    ],
  );
  return withSlider(figure, {
    label: "threshold",
    start: START,
    pictureSteps: [LOW, START],
    steps: rows.map((row) => ({
      label: row.threshold.toFixed(3),
      marks: marksAt(row, bins, names),
    })),
  });
}

function describe({ tn, fp, fn, tp }: ThresholdRow): string {
  return `${tp} are found, ${fn} missed, ${fp} false alarms, ${tn} left alone`;
}

function histogramPanel(title: string, counts: readonly number[]): Panel {
  return {
    title,
    x: {
      range: logOddsRange,
      ticks: logOddsTicks.map(logOdds),
      tickLabels: logOddsTicks.map(String),
      grid: false,
    },
    y: { title: "samples", range: [0, 1.15 * Math.max(1, ...counts)] },
    marks: [],
  };
}

const CALLED = ["called no", "called yes"];

function matrixPanel(names: ClassNames): Panel {
  const unmarked = {
    x: { categories: CALLED },
    y: { categories: [names.negative, names.positive] },
  };
  return { title: "confusion matrix", ...unmarked, marks: [] };
}

function metricsPanel(alwaysCommon: number): Panel {
  return {
    title: "metrics",
    x: { range: [0, 1.18], ticks: [0, 0.5, 1] },
    y: { categories: METRICS },
    marks: [
      dots({
        x: [alwaysCommon],
        y: ["accuracy"],
        color: greys.text,
        symbol: "triangle-down",
        hover: [`always the common class: accuracy ${alwaysCommon.toFixed(3)}`],
      }),
    ],
  };
}

const UNIT = { range: [0, 1.04] as const, ticks: [0, 0.5, 1] };

function precisionRecallPanel(
  curve: ReturnType<typeof precisionRecallCurve>,
  prevalence: number,
): Panel {
  return {
    title: "precision and recall",
    x: { title: "recall", ...UNIT },
    y: { title: "precision", ...UNIT },
    marks: [
      segment([0, prevalence], [1, prevalence]),
      note({
        x: 0.02,
        y: prevalence + 0.09,
        text: `guessing: ${prevalence.toFixed(2)}`,
        anchor: "left",
      }),
      line({ x: curve.recall.map(short), y: curve.precision.map(short), color: okabeIto.blue }),
    ],
  };
}

function rocPanel(curve: ReturnType<typeof rocCurve>): Panel {
  return {
    title: "ROC",
    x: { title: "false positive rate", ...UNIT },
    y: { title: "recall", ...UNIT },
    marks: [
      segment([0, 0], [1, 1]),
      note({ x: 0.66, y: 0.4, text: "guessing", anchor: "left" }),
      line({
        x: curve.falsePositiveRate.map(short),
        y: curve.truePositiveRate.map(short),
        color: okabeIto.blue,
      }),
    ],
  };
}

/** Four decimals draw the same picture and keep the notebook small. */
function short(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function marksAt(
  row: ThresholdRow,
  bins: { positive: number[]; negative: number[] },
  names: ClassNames,
): Mark[] {
  const { threshold, tn, fp, fn, tp } = row;
  const rule = verticalLine(logOdds(threshold), { color: greys.text, dash: "solid" });
  return [
    inPanel(
      1,
      histogramBars(bins.positive, threshold, {
        isPositive: true,
        right: "found",
        wrong: "missed",
      }),
      rule,
    ),
    inPanel(
      2,
      histogramBars(bins.negative, threshold, {
        isPositive: false,
        right: "left alone",
        wrong: "false alarms",
      }),
      rule,
    ),
    inPanel(3, matrixMark(row, names)),
    inPanel(4, metricBars(row)),
    inPanel(
      5,
      currentPoint(row.recall, tp + fp === 0 ? null : row.precision, [
        `precision ${tp} / ${tp + fp}, recall ${tp} / ${tp + fn}`,
      ]),
    ),
    inPanel(
      6,
      currentPoint(row.falsePositiveRate, row.recall, [
        `false positive rate ${fp} / ${fp + tn}, recall ${tp} / ${tp + fn}`,
      ]),
    ),
  ];
}

function matrixMark({ tn, fp, fn, tp }: ThresholdRow, names: ClassNames): Mark {
  return heatmap({
    z: [
      [0, 2],
      [2, 1],
    ],
    x: CALLED,
    y: [names.negative, names.positive],
    text: [
      [`${tn} left alone`, `${fp} false alarms`],
      [`${fn} missed`, `${tp} found`],
    ],
    colors: [
      [0, greys.grid],
      [0.5, "#BFE6D8"],
      [1, "#F6CDB0"],
    ],
    range: [0, 2],
    gap: 2,
  });
}

function metricBars(row: ThresholdRow): Mark {
  const { tn, fp, fn, tp } = row;
  const sums = [
    [tn + tp, tn + fp + fn + tp],
    [tp, tp + fp],
    [tp, tp + fn],
    [2 * tp, 2 * tp + fp + fn],
  ];
  const values = [row.accuracy, row.precision, row.recall, row.f1];
  return bars({
    at: METRICS,
    values,
    horizontal: true,
    width: 0.6,
    color: METRICS.map((name) => (name === "accuracy" ? greys.context : okabeIto.blue)),
    labels: values.map((value, i) => (sums[i]?.[1] === 0 ? "0/0" : value.toFixed(2))),
    hover: METRICS.map((name, i) => `${name}: ${sums[i]?.[0]} / ${sums[i]?.[1]}`),
  });
}

function currentPoint(x: number, y: number | null, hover: string[]): Mark {
  return dots({ x: [x], y: [y], color: okabeIto.black, size: 12, hover });
}
