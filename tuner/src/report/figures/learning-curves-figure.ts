import type { Objective } from "../../trials/objective";
import type { Trial } from "../../trials/trial";
import { colors } from "../palette";
import { axis, emptyFigure, type Figure, figure, type Trace } from "./figure";
import { bestText, hoverText, objectiveTitle, rank } from "./scored-trials";

/**
 * Returns each trial's intermediate values: what it reported of the objective, step by step. With
 * budgets, steps are epochs of the whole training, and counted from 1.
 */
export function learningCurvesFigure(
  trials: readonly Trial[],
  objectives: readonly Objective[],
): Figure {
  const ranking = rank(trials, objectives);
  const { objective, best } = ranking;
  const shown = trials.filter(({ metrics }) => (metrics.get(objective.name) ?? []).length > 0);
  if (shown.length === 0) {
    return emptyFigure("Intermediate values", `no trial has reported ${objective.name} yet`);
  }
  const hasBudget = shown.some(({ budget }) => budget !== undefined);
  const first = hasBudget ? 1 : 0;
  const names = new Set<string>();
  const curves = [...shown.filter((trial) => trial !== best), ...(best ? [best] : [])].map(
    (trial): Trace => {
      const style = trial === best ? BEST : (STYLES[trial.status] ?? STYLES.COMPLETED);
      const isFirst = !names.has(style.name);
      names.add(style.name);
      const reports = trial.metrics.get(objective.name) ?? [];
      return {
        type: "scatter",
        ...(reports.length === 1
          ? { mode: "markers", marker: { color: style.line.color, size: 6 } }
          : { mode: "lines", line: style.line }),
        name: style.name,
        legendgroup: style.name,
        showlegend: isFirst,
        x: reports.map(({ step }) => step + first),
        y: reports.map(({ values }) => values.reduce((sum, one) => sum + one, 0) / values.length),
        opacity: style.opacity,
        text: reports.map(() => hoverText(trial, objective)),
        hovertemplate: `${hasBudget ? "epoch" : "step"} %{x}: %{y}<br>%{text}<extra></extra>`,
      };
    },
  );
  return figure({
    title: `${objective.name} while ${shown.length} trials ran`,
    data: curves,
    layout: {
      xaxis: axis(hasBudget ? "Epoch" : "Step", { tickformat: "d" }),
      yaxis: axis(objectiveTitle(objective)),
    },
    alt: `Lines of ${objective.name} by ${hasBudget ? "epoch" : "step"} for ${shown.length} trials. Best: ${bestText(ranking)}.`,
  });
}

const BEST = { name: "best", line: { color: colors.best, width: 4, dash: "solid" }, opacity: 1 };
const STYLES = {
  COMPLETED: {
    name: "completed",
    line: { color: colors.trial, width: 1.5, dash: "solid" },
    opacity: 0.55,
  },
  PRUNED: { name: "pruned", line: { color: colors.pruned, width: 1.5, dash: "dot" }, opacity: 0.9 },
  RUNNING: {
    name: "running",
    line: { color: colors.running, width: 2, dash: "dash" },
    opacity: 1,
  },
  WAITING: unfinished("waiting"),
  INVALID: unfinished("invalid"),
  FAILED: unfinished("failed"),
} as const;

function unfinished(name: string) {
  return { name, line: { color: colors.failed, width: 1, dash: "dashdot" }, opacity: 0.6 };
}
