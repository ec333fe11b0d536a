import type { Trial } from "../../trials/trial";
import { escapeHtml } from "../escape-html";
import { colors } from "../palette";
import { durationText, epochsText, roundText, shortValue } from "../value-text";
import type { SearchOutcome } from "./progress";
import { progressChart } from "./progress-chart";
import type { ProgressView } from "./progress-meter";
import { bestText, countsText, KEPT, outcomeText, stepText, timeText } from "./progress-words";

/** Columns of the table of values besides the best: more running trials are only counted. */
const MOST_RUNNING = 4;
const FAINT = "color:var(--jp-ui-font-color2,#595959)";

/** Returns a search's progress as HTML without scripts: it shows in notebooks that nobody trusts. */
export function progressHtml(
  view: ProgressView,
  outcome: SearchOutcome | undefined,
  warnings: readonly string[] = [],
): string {
  const { study, share } = view;
  const name = `${study.oracle.name} search for ${
    study.objective.direction === "max" ? "the highest" : "the lowest"
  } ${study.objective.name}`;
  const value =
    share === undefined ? (outcome === "finished" ? ' value="1"' : "") : ` value="${share}"`;
  const bar = `<progress max="1"${value} aria-label="${escapeHtml(name)}" style="width:14em;accent-color:${colors.trial}"></progress>`;
  const time = outcome === undefined ? timeText(view) : `${durationText(view.elapsed)} gone`;
  const closing =
    outcome === undefined
      ? `To stop, interrupt the kernel (the square, or press I twice). ${KEPT}`
      : outcomeText(outcome, view);
  return [
    '<div style="max-width:66em;line-height:1.5">',
    `<div><b>${escapeHtml(name)}</b></div>`,
    `<div>${bar} ${escapeHtml(`${countsText(view)} · ${time}`)}</div>`,
    '<div style="display:flex;flex-wrap:wrap;gap:1em 2em;align-items:flex-start;margin:.5em 0">',
    valuesTable(view),
    progressChart(view),
    "</div>",
    ...warnings.map((warning) => `<div role="status"><b>${escapeHtml(warning)}</b></div>`),
    `<div style="${FAINT}">${escapeHtml(closing)}</div>`,
    "</div>",
  ].join("");
}

/** What runs and what was best, hyperparameter by hyperparameter. */
function valuesTable({ study, best }: ProgressView): string {
  const running = [...study.running.values()];
  const shown = running.slice(0, MOST_RUNNING);
  const columns: { head: string; trial: Trial; notes: string[] }[] = [
    ...shown.map((trial) => ({
      head: `Now: trial ${trial.id}`,
      trial,
      notes: [
        ...(trial.budget ? [roundText(trial.budget)] : []),
        stepText(trial, study.objective.name),
      ],
    })),
    ...(best === undefined
      ? []
      : [
          {
            head: `Best so far: trial ${best.id}`,
            trial: best,
            notes: [
              ...(best.budget ? [epochsText(best.budget)] : []),
              `${study.objective.name} ${shortValue(best.score)}`,
            ],
          },
        ]),
  ];
  if (columns.length === 0) return `<div style="${FAINT}">No trial has started yet.</div>`;
  const names = [...new Set(columns.flatMap(({ trial }) => Object.keys(trial.values)))];
  const cell = (text: string) =>
    `<td style="text-align:right;padding:.1em .6em">${escapeHtml(text)}</td>`;
  const rowHead = (text: string) =>
    `<th scope="row" style="text-align:left;padding:.1em .6em;font-weight:normal">${escapeHtml(text)}</th>`;
  const head = columns
    .map(
      ({ head }) =>
        `<th scope="col" style="text-align:right;padding:.1em .6em">${escapeHtml(head)}</th>`,
    )
    .join("");
  const body = names.map((name) => {
    const cells = columns.map(({ trial }) => {
      const value = trial.values[name];
      return cell(value === undefined ? "–" : shortValue(value));
    });
    return `<tr>${rowHead(name)}${cells.join("")}</tr>`;
  });
  const notes = columns
    .map(
      ({ notes }) =>
        `<td style="text-align:right;padding:.1em .6em;${FAINT}">${notes.map(escapeHtml).join("<br>")}</td>`,
    )
    .join("");
  const more = running.length - shown.length;
  const caption = more > 0 ? `<div style="${FAINT}">and ${more} more running trials</div>` : "";
  return `<div><table style="border-collapse:collapse;margin:0;font:inherit"><thead><tr><th></th>${head}</tr></thead><tbody>${body.join("")}<tr><td></td>${notes}</tr></tbody></table>${caption}</div>`;
}

/** Returns a search's progress in a few lines of text. */
export function progressText(
  view: ProgressView,
  outcome: SearchOutcome | undefined,
  warnings: readonly string[] = [],
): string {
  if (outcome !== undefined) return outcomeText(outcome, view);
  const running = [...view.study.running.values()].map(
    (trial) => `Trial ${trial.id}: ${stepText(trial, view.study.objective.name)}`,
  );
  return [
    `${countsText(view)}; ${timeText(view)}; ${bestText(view)}`,
    ...running,
    ...warnings,
  ].join("\n");
}
