import { escapeHtml } from "./escape-html";

const WIDTH = 480;
const HEIGHT = 200;
const LEFT = 48;
const RIGHT = 8;
const TOP = 18;
const BOTTOM = 44;
/** So many whole points get a bar each; above that, bars hold several. */
const MOST_BARS = 13;

/** A bar: how many scores lie from `from` up to the next bar. */
export interface Bar {
  readonly label: string;
  readonly count: number;
}

/** Returns how scores from 0 to `maximum` are distributed, in bars of equal width; full marks have their own. */
export function scoreBars(scores: readonly number[], maximum: number): Bar[] {
  const top = Math.max(1, Math.ceil(maximum));
  const width = Math.ceil((top + 1) / MOST_BARS);
  const starts = Array.from({ length: Math.ceil(top / width) }, (_, i) => i * width);
  const bars = starts.map((from) => {
    const to = Math.min(from + width, top);
    return {
      label: to - from === 1 ? String(from) : `${from}–${to - 1}`,
      count: scores.filter((score) => score >= from && score < to && score < maximum).length,
    };
  });
  return [
    ...bars,
    { label: `${maximum}`, count: scores.filter((score) => score >= maximum).length },
  ];
}

/**
 * Returns an SVG picture of how points are distributed over submissions, for HTML: with a title, a text alternative that
 * names each bar, axes and counts. Its colours are those of the page.
 *
 * @param id unique in the page
 */
export function histogram(
  id: string,
  title: string,
  scores: readonly number[],
  maximum: number,
): string {
  const bars = scoreBars(scores, maximum);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const step = (WIDTH - LEFT - RIGHT) / bars.length;
  const floor = HEIGHT - BOTTOM;
  const shapes = bars.map(({ label, count }, i) => {
    const height = (count / most) * (floor - TOP);
    const left = LEFT + i * step;
    const middle = fixed(left + step / 2);
    const bar = `<rect class="bar" x="${fixed(left + step * 0.1)}" y="${fixed(floor - height)}" width="${fixed(step * 0.8)}" height="${fixed(height)}"/>`;
    const above =
      count === 0 ? "" : `<text x="${middle}" y="${fixed(floor - height - 4)}">${count}</text>`;
    return `${bar}${above}<text x="${middle}" y="${floor + 16}">${label}</text>`;
  });
  const inWords = bars.map(({ label, count }) => `${label}: ${count}`).join(", ");
  const centre = LEFT + (WIDTH - LEFT - RIGHT) / 2;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-text">
<title id="${id}-title">${escapeHtml(title)}</title>
<desc id="${id}-text">Histogram, submissions by points. ${inWords}.</desc>
<line class="axis" x1="${LEFT}" y1="${floor}" x2="${WIDTH - RIGHT}" y2="${floor}"/>
<line class="axis" x1="${LEFT}" y1="${TOP}" x2="${LEFT}" y2="${floor}"/>
${shapes.join("\n")}
<text x="${centre}" y="${HEIGHT - 8}">points of ${maximum} (n = ${scores.length})</text>
<text class="up" x="${LEFT - 8}" y="${TOP + 4}">${most}</text>
<text class="up" x="${LEFT - 8}" y="${floor}">0</text>
<text class="side" transform="translate(14 ${fixed((TOP + floor) / 2)}) rotate(-90)">submissions</text>
</svg>`;
}

function fixed(number: number): string {
  return String(Math.round(number * 10) / 10);
}
