import { isBetter } from "../../trials/objective";
import { escapeHtml } from "../escape-html";
import { colors } from "../palette";
import { shortValue } from "../value-text";
import type { ProgressView } from "./progress-meter";

const WIDTH = 260;
const HEIGHT = 110;
const LEFT = 52;
const BOTTOM = 18;
const MARGIN = 8;

/** Readable on light and on dark ground. */
const TEXT_COLOR = "#767676";

/**
 * Returns a small picture (an HTML image) of the completed trials' scores and the best so far; empty
 * before the second. An SVG element would lose its drawing in notebooks that are not trusted.
 */
export function progressChart({ study, trialsPlanned }: ProgressView): string {
  const { objective } = study;
  const points = study.trials.flatMap(({ number, score, status }) =>
    status === "COMPLETED" && score !== undefined && Number.isFinite(score)
      ? [{ number, score }]
      : [],
  );
  if (points.length < 2) return "";
  const scores = points.map(({ score }) => score);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const lastNumber = Math.max(1, (trialsPlanned ?? 0) - 1, study.trials.length - 1);
  const x = (number: number) => LEFT + (number / lastNumber) * (WIDTH - LEFT - MARGIN);
  const y = (score: number) => {
    const share = low === high ? 0.5 : (score - low) / (high - low);
    return HEIGHT - BOTTOM - MARGIN - share * (HEIGHT - BOTTOM - 2 * MARGIN);
  };
  const dots = points.map(
    ({ number, score }) =>
      `<circle cx="${round(x(number))}" cy="${round(y(score))}" r="2.5" fill="${colors.trial}"/>`,
  );
  let path = "";
  let best: number | undefined;
  for (const { number, score } of points) {
    if (best !== undefined && !isBetter(objective.direction, score, best)) continue;
    path += best === undefined ? `M${round(x(number))} ` : `H${round(x(number))}V`;
    path += `${round(y(score))}`;
    best = score;
  }
  path += `H${round(x(points.at(-1)?.number ?? 0))}`;
  const label = `${objective.name} of ${points.length} trials, from ${shortValue(low)} to ${shortValue(high)}`;
  const text = (at: string, anchor: string, content: string) =>
    `<text ${at} text-anchor="${anchor}" font-size="10" font-family="sans-serif" fill="${TEXT_COLOR}">${escapeHtml(content)}</text>`;
  const ends =
    low === high
      ? text(`x="${LEFT - 6}" y="${round(y(low) + 3)}"`, "end", shortValue(low))
      : text(`x="${LEFT - 6}" y="${round(y(high) + 4)}"`, "end", shortValue(high)) +
        text(`x="${LEFT - 6}" y="${round(y(low) + 3)}"`, "end", shortValue(low));
  const ground = HEIGHT - BOTTOM;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<path d="M${LEFT} ${MARGIN / 2}V${ground}H${WIDTH - MARGIN / 2}" fill="none" stroke="${colors.line}"/>`,
    `<path d="${path}" fill="none" stroke="${colors.best}" stroke-width="1.5"/>`,
    ...dots,
    ends,
    text(`x="${LEFT}" y="${HEIGHT - 4}"`, "start", `${objective.name} by trial, line: best so far`),
    "</svg>",
  ].join("");
  const source = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  return `<img alt="${escapeHtml(label)}" width="${WIDTH}" height="${HEIGHT}" src="${source}">`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
