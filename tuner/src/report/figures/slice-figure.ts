import type { Parameter, Scalar } from "../../search-space/parameter";
import type { SearchSpace } from "../../search-space/search-space";
import type { Objective } from "../../trials/objective";
import type { Trial } from "../../trials/trial";
import { namesOf } from "../importance/observations";
import { colors, SCALE } from "../palette";
import {
  axis,
  emptyFigure,
  type Figure,
  figure,
  type Layout,
  plotText,
  type Trace,
} from "./figure";
import { bestText, hoverText, objectiveTitle, rank, type ScoredTrial } from "./scored-trials";

const PANELS_PER_ROW = 3;
const ROW_HEIGHT = 300;

/** Returns a panel for each hyperparameter: the scores of the completed trials by its values. */
export function sliceFigure(
  trials: readonly Trial[],
  space: Pick<SearchSpace, "parameters">,
  objectives: readonly Objective[],
): Figure {
  const ranking = rank(trials, objectives);
  const { objective, completed, best } = ranking;
  const searched = namesOf(space)
    .filter((name) => completed.some(({ values }) => Object.hasOwn(values, name)))
    .map((name) => space.parameters.filter((parameter) => parameter.name === name))
    .filter((namesakes) => namesakes.some(({ kind }) => kind !== "fixed"));
  if (best === undefined || searched.length === 0) {
    return emptyFigure("Slices", "no trial has completed with a score yet");
  }
  const rows = Math.ceil(searched.length / PANELS_PER_ROW);
  const columns = Math.min(PANELS_PER_ROW, searched.length);
  const panels = searched.map((namesakes, index) => {
    const name = namesakes[0]?.name as string;
    const shown = completed.filter(({ values }) => Object.hasOwn(values, name));
    const [row, column] = [Math.floor(index / columns), index % columns];
    const suffix = index === 0 ? "" : String(index + 1);
    const width = 1 / columns;
    const height = 1 / rows;
    const xaxis = {
      ...axis(name, scaleOf(namesakes)),
      domain: [column * width + (column > 0 ? 0.03 : 0), (column + 1) * width - 0.01],
      anchor: `y${suffix}`,
    };
    const top = 1 - row * height;
    const yaxis = {
      ...axis(column === 0 ? objectiveTitle(objective) : ""),
      domain: [top - height + (rows > 1 ? 0.3 / rows : 0), top],
      anchor: `x${suffix}`,
      ...(index > 0 && { matches: "y" }),
      showticklabels: column === 0,
    };
    const trace = points(shown, name, objective, best, index === 0);
    return {
      trace: { ...trace, xaxis: `x${suffix}`, yaxis: `y${suffix}` },
      axes: { [`xaxis${suffix}`]: xaxis, [`yaxis${suffix}`]: yaxis },
    };
  });
  return figure({
    title: `${objective.name} by hyperparameter; the best trial is outlined`,
    data: panels.map(({ trace }) => trace),
    layout: {
      ...Object.assign({}, ...panels.map(({ axes }) => axes)),
      showlegend: false,
      margin: { l: 70, r: 110, t: 60, b: 60 },
    },
    alt: `Scatter plots of ${objective.name} by each of ${searched.length} hyperparameters. Best: ${bestText(ranking)}.`,
    height: ROW_HEIGHT * rows + 120,
  });
}

function points(
  shown: readonly ScoredTrial[],
  name: string,
  objective: Objective,
  best: ScoredTrial,
  hasBar: boolean,
): Trace {
  const numbers = shown.map(({ number }) => number);
  return {
    type: "scatter",
    mode: "markers",
    x: shown.map(({ values }) => axisValue(values[name] as Scalar)),
    y: shown.map(({ score }) => score),
    text: shown.map((trial) => hoverText(trial, objective)),
    hovertemplate: "%{text}<extra></extra>",
    marker: {
      opacity: 0.9,
      size: shown.map((trial) => (trial === best ? 13 : 8)),
      color: numbers,
      cmin: 0,
      cmax: Math.max(1, ...numbers),
      colorscale: SCALE,
      line: {
        width: shown.map((trial) => (trial === best ? 3 : 0.5)),
        color: shown.map((trial) => (trial === best ? colors.best : colors.background)),
      },
      ...(hasBar && {
        showscale: true,
        colorbar: { x: 1.06, title: { text: "Trial" }, thickness: 12, tickformat: "d" },
      }),
    },
  };
}

/** Returns how an axis must be for a parameter: what has no order, or no even spacing, is in categories. */
function scaleOf(namesakes: readonly Parameter[]): Layout {
  const values = namesakes.flatMap((parameter) => {
    if (parameter.kind === "choice") return parameter.values;
    return parameter.kind === "boolean" ? [false, true] : [];
  });
  if (values.length > 0) {
    const categories = [...new Set(values)].map(axisValue).map(String);
    return { type: "category", categoryorder: "array", categoryarray: categories };
  }
  const isLog = namesakes.every((one) => "sampling" in one && one.sampling === "log");
  return isLog ? { type: "log", exponentformat: "power" } : {};
}

function axisValue(value: Scalar): number | string {
  return typeof value === "number" ? value : plotText(String(value));
}
