import type { Objective } from "../../trials/objective";
import { rankingObjective } from "../../trials/objective";
import type { Trial, TrialStatus } from "../../trials/trial";
import { colors } from "../palette";
import { durationText } from "../value-text";
import { axis, emptyFigure, type Figure, figure, type Trace } from "./figure";
import { hoverText } from "./scored-trials";

/**
 * Returns when each trial ran, as bars from its last start to its end, by status. A running trial ends
 * at `now`.
 *
 * @param now milliseconds since 1970; by default the last moment that the trials tell of
 */
export function timelineFigure(
  trials: readonly Trial[],
  objectives: readonly Objective[],
  now: number = Math.max(...trials.map(({ startedAt, endedAt }) => endedAt ?? startedAt ?? 0)),
): Figure {
  const started = trials.filter(
    (trial): trial is Trial & { startedAt: number } => trial.startedAt !== undefined,
  );
  if (started.length === 0) return emptyFigure("Timeline", "no trial has started yet");
  const begin = Math.min(...started.map(({ startedAt }) => startedAt));
  const endOf = ({ endedAt }: Trial) => endedAt ?? now;
  const end = Math.max(...started.map(endOf));
  const unit = unitFor(end - begin);
  const objective = rankingObjective(objectives);
  const data = STATUSES.flatMap(({ status, color, pattern }): Trace[] => {
    const members = started.filter((trial) => trial.status === status);
    if (members.length === 0) return [];
    return [
      {
        type: "bar",
        orientation: "h",
        name: status.toLowerCase(),
        y: members.map(({ number }) => number),
        base: members.map(({ startedAt }) => (startedAt - begin) / unit.milliseconds),
        x: members.map((trial) => (endOf(trial) - trial.startedAt) / unit.milliseconds),
        width: 0.8,
        marker: { color, line: { color: colors.axis, width: 0.5 }, pattern: { shape: pattern } },
        text: members.map((trial) => {
          const took = durationText(endOf(trial) - trial.startedAt);
          return `${hoverText(trial, objective)}<br>took ${took}`;
        }),
        textposition: "none",
        hovertemplate: "%{text}<extra></extra>",
      },
    ];
  });
  return figure({
    title: `${started.length} trials in ${durationText(end - begin)}`,
    data,
    layout: {
      barmode: "overlay",
      xaxis: axis(`Time since the first start (${unit.name})`, { rangemode: "tozero" }),
      yaxis: axis("Trial", { autorange: "reversed", tickformat: "d" }),
    },
    alt: `Bars of when ${started.length} trials ran, in ${unit.name} since the first start; ${durationText(end - begin)} in all.`,
    height: Math.min(1200, 160 + 14 * started.length),
  });
}

const STATUSES: readonly { status: TrialStatus; color: string; pattern: string }[] = [
  { status: "COMPLETED", color: colors.trial, pattern: "" },
  { status: "PRUNED", color: colors.pruned, pattern: "" },
  { status: "RUNNING", color: colors.running, pattern: "" },
  { status: "FAILED", color: colors.failed, pattern: "" },
  { status: "INVALID", color: colors.best, pattern: "/" },
  { status: "WAITING", color: colors.waiting, pattern: "." },
];

function unitFor(milliseconds: number): { name: string; milliseconds: number } {
  if (milliseconds < 180_000) return { name: "seconds", milliseconds: 1000 };
  if (milliseconds < 3 * 3_600_000) return { name: "minutes", milliseconds: 60_000 };
  return { name: "hours", milliseconds: 3_600_000 };
}
