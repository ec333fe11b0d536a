import type { Parameter, Scalar } from "../../search-space/parameter";
import type { SearchSpace } from "../../search-space/search-space";
import type { Objective } from "../../trials/objective";
import type { Trial } from "../../trials/trial";
import { namesOf } from "../importance/observations";
import { colors, SCALE } from "../palette";
import { shortValue } from "../value-text";
import { emptyFigure, type Figure, figure, plotText, type Trace } from "./figure";
import { bestText, hoverText, rank, type ScoredTrial } from "./scored-trials";

/** An upright axis: where its values stand between 0 and 1, and which are named. */
interface Upright {
  readonly name: string;
  place(trial: ScoredTrial): number | undefined;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/**
 * Returns each completed trial as a line through its hyperparameters to its score, dark where it is
 * good; the best is orange. A line has a gap where a hyperparameter was not active.
 */
export function parallelCoordinatesFigure(
  trials: readonly Trial[],
  space: Pick<SearchSpace, "parameters">,
  objectives: readonly Objective[],
): Figure {
  const ranking = rank(trials, objectives);
  const { objective, completed, best } = ranking;
  if (best === undefined) {
    return emptyFigure("Parallel coordinates", "no trial has completed with a score yet");
  }
  const uprights = [
    ...namesOf(space).flatMap((name) => {
      const namesakes = space.parameters.filter((parameter) => parameter.name === name);
      return namesakes.every(({ kind }) => kind === "fixed") ? [] : [parameterAxis(namesakes)];
    }),
    scoreAxis(completed, objective),
  ];
  const score = uprights.at(-1) as Upright;
  const worth = (trial: ScoredTrial) => {
    const at = score.place(trial) ?? 0.5;
    return objective.direction === "max" ? at : 1 - at;
  };
  // The best ones last, so that they lie on top.
  const ordered = [...completed].sort((a, b) => worth(a) - worth(b));
  const shades = SCALE.map(([position, color], shade) => {
    const members = ordered.filter(
      (trial) => trial !== best && Math.round(worth(trial) * (SCALE.length - 1)) === shade,
    );
    return lines(members, uprights, objective, { color, width: 1.5 }, 0.4 + position * 0.5);
  }).filter(({ x }) => (x as number[]).length > 0);
  return figure({
    title: `Hyperparameters and ${objective.name}: dark lines are better, the best is orange`,
    data: [
      ...shades,
      lines([best], uprights, objective, { color: colors.best, width: 4 }, 1),
      tickTexts(uprights),
    ],
    layout: {
      showlegend: false,
      xaxis: {
        tickvals: uprights.map((_, index) => index),
        ticktext: uprights.map(({ name }) => plotText(name)),
        title: { text: "" },
        range: [-0.3, uprights.length - 0.5],
        side: "top",
        showgrid: false,
        zeroline: false,
        fixedrange: true,
      },
      yaxis: { visible: false, range: [-0.06, 1.06], fixedrange: true },
      shapes: uprights.map((_, index) => ({
        type: "line",
        layer: "below",
        x0: index,
        x1: index,
        y0: 0,
        y1: 1,
        line: { color: colors.line, width: 1 },
      })),
      margin: { l: 30, r: 60, t: 90, b: 20 },
    },
    alt: `Parallel coordinates of ${completed.length} trials through ${uprights.length - 1} hyperparameters to ${objective.name}. Best: ${bestText(ranking)}.`,
    height: 460,
  });
}

function lines(
  trials: readonly ScoredTrial[],
  uprights: readonly Upright[],
  objective: Objective,
  line: object,
  opacity: number,
): Trace {
  const points = trials.flatMap((trial) => [
    ...uprights.map((upright, index) => ({
      x: index,
      y: upright.place(trial) ?? null,
      text: hoverText(trial, objective),
    })),
    { x: null, y: null, text: "" },
  ]);
  return {
    type: "scatter",
    mode: "lines+markers",
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    text: points.map(({ text }) => text),
    hovertemplate: "%{text}<extra></extra>",
    line,
    marker: { size: 4 },
    opacity,
    connectgaps: false,
  };
}

function tickTexts(uprights: readonly Upright[]): Trace {
  const ticks = uprights.flatMap((upright, x) => upright.ticks.map((tick) => ({ x, ...tick })));
  return {
    type: "scatter",
    mode: "text",
    x: ticks.map(({ x }) => x),
    y: ticks.map(({ at }) => at),
    text: ticks.map(({ text }) => `  ${plotText(text)}`),
    textposition: "middle right",
    textfont: { size: 11, color: colors.axis },
    hoverinfo: "skip",
    cliponaxis: false,
  };
}

function parameterAxis(namesakes: readonly Parameter[]): Upright {
  const name = namesakes[0]?.name as string;
  const choices = [
    ...new Set(
      namesakes.flatMap((one): readonly Scalar[] => {
        if (one.kind === "choice") return one.values;
        return one.kind === "boolean" ? [false, true] : [];
      }),
    ),
  ];
  if (choices.length > 0) {
    const places = new Map(
      choices.map((value, index) => [value, (index + 0.5) / choices.length] as const),
    );
    return {
      name,
      place: ({ values }) => places.get(values[name] as Scalar),
      ticks: [...places].map(([value, at]) => ({ at, text: String(value) })),
    };
  }
  const ranges = namesakes.filter((one) => one.kind === "int" || one.kind === "float");
  const min = Math.min(...ranges.map((range) => range.min));
  const max = Math.max(...ranges.map((range) => range.max));
  const isLog = ranges.every(({ sampling }) => sampling === "log");
  const scale = rangeScale(min, max, isLog);
  return {
    name,
    place: ({ values }) => {
      const value = values[name];
      return typeof value === "number" ? scale.at(value) : undefined;
    },
    ticks: scale.ticks,
  };
}

function scoreAxis(completed: readonly ScoredTrial[], objective: Objective): Upright {
  const scores = completed.map(({ score }) => score);
  const scale = rangeScale(Math.min(...scores), Math.max(...scores), false);
  return { name: objective.name, place: ({ score }) => scale.at(score), ticks: scale.ticks };
}

function rangeScale(min: number, max: number, isLog: boolean) {
  const way = isLog ? Math.log : (value: number) => value;
  const back = isLog ? Math.exp : (value: number) => value;
  const [low, high] = [way(min), way(max)];
  const shares = low === high ? [0.5] : [0, 0.25, 0.5, 0.75, 1];
  return {
    at: (value: number) => (low === high ? 0.5 : (way(value) - low) / (high - low)),
    ticks: shares.map((at) => ({
      at,
      text: shortValue(Number(back(low + at * (high - low)).toPrecision(3))),
    })),
  };
}
