import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type HeadroomCondition, type HeadroomRow, headroomTable, rankRows } from "../headroom";
import { greys, okabeIto } from "../palette";
import { bars } from "./bars";
import { type EndLabel, type Mark, mark } from "./mark";
import { note } from "./notes";
import { type FigureOptions, figure } from "./panels";
import { estimateWidth } from "./plot-text";
import { points } from "./points-text";
import { type StepOptions, withSlider } from "./steps";

/** Words of the figure; the title is the finding. */
export interface ImpactAreaOptions
  extends Pick<FigureOptions, "title" | "subtitle" | "alt" | "height"> {
  /** Where the slider begins, a multiple of 5 from 0 to 100; 100 unless given. */
  readonly start?: number;
}

/** One condition's place on the map, in per cent of the data and points of accuracy. */
interface Area {
  readonly row: HeadroomRow;
  readonly left: number;
  readonly width: number;
  readonly gap: number;
}

const STEP = 5;
const PANEL_WIDTH = 560;
/** The part of the gap axis that a label of two lines takes. */
const LABEL_ROOM = 0.17;

/**
 * Returns a map of what could be gained: each condition is an area as wide as its share of the data
 * and as high as the model's gap to people, so that its size is the impact, gap x share. A slider
 * closes 0 to 100 % of every gap and tells what that gains. The largest gap stands left.
 *
 * Where the model is ahead of people nothing is closed and nothing gained; the gap keeps its sign.
 *
 * @param conditions proportions from 0 to 1, shares adding up to 1 at most, as `headroomTable` takes
 *   them
 * @throws InputError as `headroomTable` does, and `out-of-range` for a start that is no step
 */
export function impactAreaFigure(
  conditions: readonly HeadroomCondition[],
  { start = 100, ...around }: ImpactAreaOptions,
): Figure {
  const { rows, totals } = headroomTable(conditions);
  if (start % STEP !== 0 || start < 0 || start > 100) {
    throw new InputError(
      "out-of-range",
      `start: expected a multiple of ${STEP} from 0 to 100, got ${start}.`,
      { start },
    );
  }
  const areas = placeAreas(rankRows(rows, "gap"));
  const gaps = areas.map(({ gap }) => gap);
  const top = Math.max(...gaps, 0.001);
  const yRange: [number, number] = [Math.min(...gaps, 0), top * (1 + 2.2 * LABEL_ROOM)];
  const base = figure(
    {
      ...around,
      // Closed parts lie on their gaps; without ticks of its own Plotly would put them at the bars.
      barMode: "overlay",
      x: {
        ticks: [0, 20, 40, 60, 80, 100],
        title: "share of the data, %: an area's width",
        range: [0, Math.max(100, ...areas.map(({ left, width }) => left + width))],
      },
      y: { title: "gap to people, points: its height", range: yRange },
    },
    bars({
      ...places(areas),
      values: gaps,
      color: greys.grid,
      border: true,
      hover: areas.map(
        ({ row }) =>
          `${row.name}: people ${points(row.human)} - model ${points(row.model)} = ` +
          `${points(row.gap)} points\n× ${points(row.share)} % of the data = ${impactText(row)} points`,
      ),
    }),
  );
  const model = totals?.model ?? 0;
  const steps = Array.from({ length: 100 / STEP + 1 }, (_, i): StepOptions => {
    const closed = (i * STEP) / 100;
    return { label: `${i * STEP} %`, marks: closing(areas, closed, model, yRange) };
  });
  return withSlider(base, { label: "gap closed", steps, start: start / STEP });
}

/** What the slider's position adds: the closed part of each area, the labels and the sum. */
function closing(
  areas: readonly Area[],
  closed: number,
  model: number,
  yRange: readonly [number, number],
): Mark[] {
  const gains = areas.map(({ row }) => Math.max(0, row.impact) * closed);
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  const percent = `${Math.round(100 * closed)} %`;
  const filled = bars({
    ...places(areas),
    values: areas.map(({ gap }) => Math.max(0, gap) * closed),
    color: okabeIto.green,
    border: true,
    hover: areas.map(
      ({ row }, i) =>
        `${row.name}: closing ${percent} of the gap\ngains ${twoPlaces(gains[i] ?? 0)} points overall`,
    ),
  });
  const texts = areas.map(
    ({ row }, i) =>
      `${row.name}: +${twoPlaces(gains[i] ?? 0)}\n${points(row.share)} % × ${points(row.gap)} × ${percent}`,
  );
  const sum =
    `overall ${twoPlaces(model)} % + ${twoPlaces(total)} points = ` +
    `${twoPlaces(model + total)} %`;
  const head = note({
    x: 100,
    y: yRange[1] * 0.97,
    text: sum,
    anchor: "right",
    color: greys.title,
  });
  return [filled, ...labels(areas, texts, yRange), head];
}

function placeAreas(rows: readonly HeadroomRow[]): Area[] {
  let left = 0;
  return rows.map((row) => {
    const area = { row, left, width: 100 * row.share, gap: 100 * row.gap };
    left += area.width;
    return area;
  });
}

function places(areas: readonly Area[]): { at: number[]; width: number[] } {
  return {
    at: areas.map(({ left, width }) => left + width / 2),
    width: areas.map(({ width }) => width),
  };
}

/**
 * Labels begin at the left edge of their area and run over the lower ones beside it; from right to
 * left each is lifted as far as it needs to keep clear. The last stands right of the panel if it has
 * no room above its area.
 */
function labels(
  areas: readonly Area[],
  texts: readonly string[],
  [low, high]: readonly [number, number],
): Mark[] {
  const room = LABEL_ROOM * (high - low);
  const marks: Mark[] = [];
  let next: { left: number; y: number } | undefined;
  for (let i = areas.length - 1; i >= 0; i--) {
    const { left, gap } = areas[i] as Area;
    const text = texts[i] ?? "";
    const width = (100 * estimateWidth(text.split("\n").at(-1) ?? "", 13)) / PANEL_WIDTH;
    if (left + width > 100 && i === areas.length - 1) {
      const label: EndLabel = {
        x: 100,
        y: Math.max(gap, 0) + 0.6 * room,
        text: text.replaceAll("\n", "<br>"),
        color: greys.text,
      };
      marks.unshift(mark({ endLabels: [label] }));
      continue;
    }
    const lifted = next && left + width > next.left ? next.y + room : Number.NEGATIVE_INFINITY;
    const y = Math.max(Math.max(gap, 0) + 0.55 * room, lifted);
    marks.unshift(note({ x: left + 0.6, y, text, anchor: "left" }));
    next = { left, y };
  }
  return marks;
}

function impactText(row: HeadroomRow): string {
  return twoPlaces(row.impact);
}

/** A proportion in per cent or points with two decimals. */
function twoPlaces(proportion: number): string {
  return (100 * proportion + 0).toFixed(2).replace("-", "\u2212");
}
