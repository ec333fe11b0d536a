import { InputError } from "../errors";
import type { Figure } from "../figure";
import { greys, type MarkerSymbol, okabeIto } from "../palette";
import { requireProportion } from "../ranges";
import { dots } from "./dots";
import type { Mark } from "./mark";
import { note, segment } from "./notes";
import { type FigureOptions, figure } from "./panels";
import { points } from "./points-text";

/** How much of the data and how much of the errors a tag holds, as proportions from 0 to 1. */
export interface TagShares {
  readonly tag: string;
  readonly dataShare: number;
  readonly errorShare: number;
  /** Ends of the interval of `errorShare`, drawn as a whisker. */
  readonly low?: number;
  readonly high?: number;
  /** Replaces the two shares under the pointer, to give counts. */
  readonly hover?: string;
}

/** Words of the figure; say in the subtitle what n is, and what whiskers are. */
export type TagShareOptions = Pick<FigureOptions, "title" | "subtitle" | "alt" | "height">;

/** A ratio this close to 1 lies on the diagonal. */
const EVEN = 0.02;

/**
 * Returns a figure with a point for each tag: its share of the data across, its share of the errors
 * upwards. On the diagonal a tag fails as often as the rest; above it, more often (orange-red
 * crosses), below, less (green dots).
 *
 * @throws InputError `empty-input` without tags, `out-of-range` for per cents, and for an interval
 *   that does not enclose its share
 */
export function tagShareFigure(tags: readonly TagShares[], around: TagShareOptions): Figure {
  if (tags.length === 0) {
    throw new InputError("empty-input", "tags is empty: expected at least one tag.");
  }
  for (const [i, tag] of tags.entries()) {
    requireProportion(`tags[${i}].dataShare`, tag.dataShare);
    requireProportion(`tags[${i}].errorShare`, tag.errorShare);
  }
  const high = tags.map((tag) => 100 * (tag.high ?? tag.errorShare));
  const most = Math.max(...high, ...tags.map((tag) => 100 * tag.dataShare));
  const end = Math.min(100, Math.ceil((1.08 * most) / 10) * 10);
  return figure(
    {
      height: 460,
      ...around,
      x: { title: "share of the data, %", range: [0, end * 1.25] },
      // Room below 0 for the name of a tag with next to no errors.
      y: { title: "share of the errors, %", range: [-0.05 * end, end] },
    },
    segment([0, 0], [end, end]),
    note({
      x: 0.86 * end,
      y: 0.86 * end,
      text: "fails as often\nas the rest",
      right: 34,
      up: -26,
      color: greys.axis,
    }),
    // Labels stand on their point's side of the diagonal, so that they don't cross it.
    ...[true, false].flatMap((above) => {
      const chosen = tags.filter((tag) => isFarAbove(tag, end) === above);
      return chosen.length === 0 ? [] : [tagDots(chosen, above ? "top right" : "bottom right")];
    }),
  );
}

function isFarAbove({ dataShare, errorShare }: TagShares, end: number): boolean {
  return 100 * (errorShare - dataShare) > 0.04 * end;
}

function tagDots(tags: readonly TagShares[], labelPosition: "top right" | "bottom right"): Mark {
  const looks = tags.map(lookOf);
  return dots({
    x: tags.map((tag) => 100 * tag.dataShare),
    y: tags.map((tag) => 100 * tag.errorShare),
    labels: tags.map(({ tag }) => tag),
    labelPosition,
    color: looks.map((look) => look.color),
    symbol: looks.map((look) => look.symbol),
    size: 11,
    hover: tags.map(
      (tag) =>
        tag.hover ??
        `${tag.tag}: ${points(tag.dataShare)} % of the data,\n` +
          `${points(tag.errorShare)} % of the errors`,
    ),
    ...(tags.some((tag) => tag.high !== undefined) && {
      yWhiskers: {
        low: tags.map((tag) => 100 * (tag.low ?? tag.errorShare)),
        high: tags.map((tag) => 100 * (tag.high ?? tag.errorShare)),
      },
    }),
  });
}

function lookOf({ dataShare, errorShare }: TagShares): { color: string; symbol: MarkerSymbol } {
  if (errorShare > dataShare * (1 + EVEN)) return { color: okabeIto.vermilion, symbol: "x" };
  if (errorShare < dataShare * (1 - EVEN)) return { color: okabeIto.green, symbol: "circle" };
  return { color: greys.baseline, symbol: "diamond" };
}
