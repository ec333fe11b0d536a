import type { Figure } from "../figure";
import { type HeadroomCondition, type HeadroomRow, headroomTable, rankRows } from "../headroom";
import { greys, styles } from "../palette";
import { bars } from "./bars";
import { dots } from "./dots";
import { line } from "./line";
import { inPanel, type Mark } from "./mark";
import { type Panel, panels } from "./panels";
import { points, signedPoints } from "./points-text";
import { type StepOptions, withButtons } from "./steps";

/** What stands around the dumbbells. */
export interface ConditionGapOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  /** Which data these are, and whether they are invented. */
  readonly subtitle?: string;
  /** The order to begin with, default "accuracy": the lowest on top. */
  readonly sortedBy?: "accuracy" | "gap";
}

type Row = HeadroomRow;

const ORDERS = [
  { by: "accuracy", label: "lowest accuracy first" },
  { by: "gap", label: "largest gap first" },
] as const;

/**
 * Returns a dumbbell for each condition, from the model's accuracy to people's, with a bar of the
 * condition's share of the data beside it; two buttons sort the rows by accuracy or by gap. The
 * static picture shows both orders.
 *
 * @param conditions as `headroomTable` takes them: proportions, shares adding up to 1 at most
 * @throws InputError as `headroomTable` does, and `empty-input` for an empty title
 */
export function conditionGapFigure(
  conditions: readonly HeadroomCondition[],
  { title, subtitle, sortedBy = "accuracy" }: ConditionGapOptions,
): Figure {
  const { rows } = headroomTable(conditions);
  const words = { title, alt: altText(rows, title), ...(subtitle !== undefined && { subtitle }) };
  const base = panels({ ...words, height: 330, columns: [2.6, 1] }, [
    accuracyPanel(rows),
    sharePanel(rows),
  ]);
  const steps = ORDERS.map(({ by, label }): StepOptions => {
    const sorted = rankRows(rows, by);
    return {
      label,
      marks: [inPanel(2, shareBars(sorted))],
      yCategories: sorted.map((row) => row.name),
    };
  });
  const start = ORDERS.findIndex(({ by }) => by === sortedBy);
  const order = ORDERS.map((_, i) => (start + i) % ORDERS.length);
  return { ...withButtons(base, { steps, start }), pictureSteps: order };
}

function altText(rows: readonly Row[], title: string): string {
  const each = rows.map(
    (row) =>
      `${row.name} ${points(row.model)} and ${points(row.human)} (gap ${signedPoints(row.gap)}, ` +
      `${points(row.share)} % of the data)`,
  );
  return (
    "Dumbbell chart with one row per condition: accuracy of the model and of people in per cent, " +
    `and a bar for the share of the data. ${each.join("; ")}. ${title}.`
  );
}

/** The axis is cut, since small gaps between high accuracies are what there is to see. */
function accuracyPanel(rows: readonly Row[]): Panel {
  const names = rows.map((row) => row.name);
  const accuracies = rows.flatMap((row) => [100 * row.model, 100 * row.human]);
  const [low, high] = [Math.min(...accuracies), Math.max(...accuracies)];
  const room = 0.28 * Math.max(high - low, 5);
  const bridge = line({
    x: rows.flatMap((row) => [100 * row.model, 100 * row.human, null]),
    y: names.flatMap((name) => [name, name, null]),
    color: greys.context,
    width: 4,
  });
  return {
    x: {
      title: "accuracy, % (axis cut), and the gap in points",
      range: [low - room, high + 1.5 * room],
    },
    y: { categories: names },
    marks: [bridge, ...ends(rows, "model"), ...ends(rows, "human")],
  };
}

/** One end of all dumbbells; its labels stand outside, on whichever side that is. */
function ends(rows: readonly Row[], end: "model" | "human"): Mark[] {
  const isUpper = (row: Row): boolean => (end === "human" ? row.gap >= 0 : row.gap < 0);
  return [true, false].flatMap((upper) => {
    if (!rows.some((row) => isUpper(row) === upper)) return [];
    return dots({
      x: rows.map((row) => (isUpper(row) === upper ? 100 * row[end] : null)),
      y: rows.map((row) => row.name),
      style: styles[end],
      // A person's mark lies on the model's where they are level: both stay visible.
      size: end === "model" ? 13 : 9,
      labels: endLabels(rows, end),
      labelPosition: upper ? "middle right" : "middle left",
      hover: rows.map(
        (row) =>
          `${row.name}, ${points(row.share)} % of the data\ngap: people ${points(row.human)} ` +
          `\u2212 model ${points(row.model)} = ${points(row.gap)} points`,
      ),
    });
  });
}

/** The widest dumbbell tells which end is whose. */
function endLabels(rows: readonly Row[], end: "model" | "human"): string[] {
  const widths = rows.map((row) => Math.abs(row.gap));
  const widest = widths.indexOf(Math.max(...widths));
  return rows.map((row, i) => {
    if (end === "model" && row.gap === 0) return "";
    const whose = i === widest ? `${end === "model" ? "model" : "people"} ` : "";
    const gap = end === "human" ? ` (${signedPoints(row.gap)})` : "";
    return ` ${whose}${points(row[end])}${gap} `;
  });
}

/** Rows are numbered, so that each order's bars stand beside the names of that order. */
function sharePanel(rows: readonly Row[]): Panel {
  const most = Math.max(...rows.map((row) => row.share));
  return {
    x: { title: "share of data, %", range: [0, 130 * (most || 1)] },
    y: { labels: false, grid: false, range: [rows.length - 0.5, -0.5] },
    marks: [],
  };
}

function shareBars(sorted: readonly Row[]): Mark {
  return bars({
    horizontal: true,
    at: sorted.map((_, i) => i),
    values: sorted.map((row) => 100 * row.share),
    labels: sorted.map((row) => points(row.share)),
    hover: sorted.map((row) => `${row.name}: ${points(row.share)} % of the data`),
    width: 0.5,
    style: styles.context,
  });
}
