import { isBetter, type Objective } from "../../trials/objective";
import type { Trial } from "../../trials/trial";
import { colors } from "../palette";
import { shortValue } from "../value-text";
import { axis, emptyFigure, type Figure, figure, type Trace } from "./figure";
import { bestText, hoverText, objectiveTitle, rank, type ScoredTrial } from "./scored-trials";

/** Returns the optimisation history: each trial's score, and the best so far. */
export function historyFigure(trials: readonly Trial[], objectives: readonly Objective[]): Figure {
  const ranking = rank(trials, objectives);
  const { objective, completed, pruned, best } = ranking;
  if (best === undefined) {
    return emptyFigure("Optimisation history", "no trial has completed with a score yet");
  }
  const points = (name: string, shown: readonly ScoredTrial[], marker: object): Trace => ({
    type: "scatter",
    mode: "markers",
    name,
    x: shown.map(({ number }) => number),
    y: shown.map(({ score }) => score),
    text: shown.map((trial) => hoverText(trial, objective)),
    hovertemplate: "%{text}<extra></extra>",
    marker,
  });
  const data = [
    bestSoFar(completed, objective, Math.max(...trials.map(({ number }) => number))),
    points("completed", completed, { color: colors.trial, size: 8, symbol: "circle" }),
    ...(pruned.length > 0
      ? [points("pruned", pruned, { color: colors.pruned, size: 8, symbol: "x" })]
      : []),
  ];
  return figure({
    title: `Best after ${completed.length} completed trials: ${objective.name} ${shortValue(best.score)} in trial ${best.id}`,
    data,
    layout: {
      xaxis: axis("Trial", { tickformat: "d" }),
      yaxis: axis(objectiveTitle(objective)),
    },
    alt: `Scatter plot of ${objective.name} by trial, with the best so far as a line. Best: ${bestText(ranking)}.`,
  });
}

function bestSoFar(
  completed: readonly ScoredTrial[],
  { direction }: Objective,
  lastNumber: number,
): Trace {
  const steps: ScoredTrial[] = [];
  for (const trial of completed) {
    const best = steps.at(-1);
    if (best === undefined || isBetter(direction, trial.score, best.score)) steps.push(trial);
  }
  return {
    type: "scatter",
    mode: "lines",
    name: "best so far",
    x: [...steps.map(({ number }) => number), lastNumber],
    y: [...steps.map(({ score }) => score), steps.at(-1)?.score],
    line: { color: colors.best, width: 2, shape: "hv" },
    hovertemplate: "best so far %{y}<extra></extra>",
  };
}
