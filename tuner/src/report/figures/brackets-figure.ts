import type { Objective } from "../../trials/objective";
import type { Budget, Trial } from "../../trials/trial";
import { colors } from "../palette";
import { epochsText, shortValue } from "../value-text";
import { axis, emptyFigure, type Figure, figure, type Trace } from "./figure";
import { hoverText, objectiveTitle, rank, type ScoredTrial } from "./scored-trials";

type BracketTrial = ScoredTrial & { readonly budget: Budget };

const PANELS_PER_ROW = 3;

/**
 * Returns Hyperband's brackets, a panel each: the scores of every round, and lines from the trials that
 * were promoted to the trials that went on from them.
 */
export function bracketsFigure(trials: readonly Trial[], objectives: readonly Objective[]): Figure {
  const { objective, completed, pruned, best } = rank(trials, objectives);
  const placed = [...completed, ...pruned].filter(
    (trial): trial is BracketTrial => trial.budget !== undefined,
  );
  const numbers = [...new Set(placed.map(({ budget }) => budget.bracketNumber))].sort(
    (a, b) => a - b,
  );
  if (numbers.length === 0) {
    return emptyFigure("Brackets", "no trial of a bracket has a score yet");
  }
  const columns = Math.min(PANELS_PER_ROW, numbers.length);
  const rows = Math.ceil(numbers.length / columns);
  const promoted = placed.filter(({ budget }) => budget.promotedFrom !== undefined);
  const sources = new Set(promoted.map(({ budget }) => budget.promotedFrom));
  const byId = new Map(placed.map((trial) => [trial.id, trial]));
  const panels = numbers.map((number, index) => {
    const suffix = index === 0 ? "" : String(index + 1);
    const members = placed.filter(({ budget }) => budget.bracketNumber === number);
    const [row, column] = [Math.floor(index / columns), index % columns];
    const axes = { xaxis: `x${suffix}`, yaxis: `y${suffix}` };
    const traces = [
      promotions(members, byId),
      ...KINDS.map(({ name, marker, has }) => ({
        ...dots(
          members.filter((trial) => has(trial, sources, best)),
          objective,
        ),
        name,
        legendgroup: name,
        marker,
      })),
    ]
      .filter(({ x }) => x.length > 0)
      .map((trace) => ({ ...trace, ...axes }));
    const rounds = new Map(
      members.map(({ budget }) => [
        budget.round,
        `round ${budget.round + 1}<br>${epochsText(budget)}`,
      ]),
    );
    const top = 1 - row / rows;
    return {
      traces,
      axes: {
        [`xaxis${suffix}`]: {
          ...axis(`Bracket ${number + 1}`),
          domain: [
            column / columns + (column > 0 ? 0.03 : 0),
            (column + 1) / columns - (columns > 1 ? 0.01 : 0),
          ],
          anchor: `y${suffix}`,
          tickvals: [...rounds.keys()],
          ticktext: [...rounds.values()],
          range: [-0.4, Math.max(...rounds.keys()) + 0.4],
        },
        [`yaxis${suffix}`]: {
          ...axis(column === 0 ? objectiveTitle(objective) : ""),
          domain: [top - 1 / rows + (rows > 1 ? 0.3 / rows : 0), top],
          anchor: `x${suffix}`,
          ...(index > 0 && { matches: "y" }),
          showticklabels: column === 0,
        },
      },
    };
  });
  return figure({
    title: `${promoted.length} of ${placed.length} trials in ${numbers.length} brackets went on from another`,
    data: namedOnce(panels.flatMap(({ traces }) => traces)),
    layout: Object.assign({}, ...panels.map(({ axes }) => axes)),
    alt: `Scatter plots of ${objective.name} by round for ${numbers.length} Hyperband brackets, with lines for ${promoted.length} promotions. Best: ${best ? `${shortValue(best.score)} in trial ${best.id}` : "none"}.`,
    height: 120 + 320 * rows,
  });
}

type Has = (
  trial: BracketTrial,
  sources: ReadonlySet<string | undefined>,
  best: Trial | undefined,
) => boolean;

const KINDS: readonly { name: string; marker: object; has: Has }[] = [
  {
    name: "ended here",
    marker: { color: colors.pruned, size: 8, symbol: "circle-open" },
    has: (trial, sources, best) => trial !== best && !sources.has(trial.id),
  },
  {
    name: "promoted",
    marker: { color: colors.trial, size: 8, symbol: "circle" },
    has: (trial, sources, best) => trial !== best && sources.has(trial.id),
  },
  {
    name: "best",
    marker: { color: colors.best, size: 12, symbol: "diamond" },
    has: (trial, _sources, best) => trial === best,
  },
];

/** Lets the legend name each kind once, though every panel has it. */
function namedOnce(traces: readonly Trace[]): readonly Trace[] {
  const isFirst = (trace: Trace, index: number) =>
    trace.name !== undefined && traces.findIndex(({ name }) => name === trace.name) === index;
  return traces.map((trace, index) => ({ ...trace, showlegend: isFirst(trace, index) }));
}

type Points = Trace & { readonly x: readonly unknown[] };

function dots(trials: readonly BracketTrial[], objective: Objective): Points {
  return {
    type: "scatter",
    mode: "markers",
    x: trials.map(({ budget }) => budget.round),
    y: trials.map(({ score }) => score),
    text: trials.map((trial) => hoverText(trial, objective)),
    hovertemplate: "%{text}<extra></extra>",
  };
}

function promotions(
  members: readonly BracketTrial[],
  byId: ReadonlyMap<string, BracketTrial>,
): Points {
  const points = members.flatMap((trial) => {
    const source = byId.get(trial.budget.promotedFrom ?? "");
    if (source === undefined) return [];
    return [
      { x: source.budget.round, y: source.score },
      { x: trial.budget.round, y: trial.score },
      { x: null, y: null },
    ];
  });
  return {
    type: "scatter",
    mode: "lines",
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    line: { color: colors.trial, width: 1 },
    opacity: 0.5,
    hoverinfo: "skip",
  };
}
