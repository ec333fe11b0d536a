import type { Annotation, Axis } from "../figure";
import { LINE_HEIGHT, sizes } from "./look";
import type { EndLabel } from "./mark";
import { countLines, estimateWidth } from "./plot-text";

const GAP = 7;

/** Returns how many pixels right of the panel the labels need. */
export function endLabelWidth(labels: readonly EndLabel[]): number {
  return Math.max(0, ...labels.map((label) => estimateWidth(label.text, sizes.text) + GAP + 6));
}

/** Returns the share of the way up the panel at which `y` lies. */
function heightShare(y: number, axis: Axis): number {
  const value = axis.type === "log" ? Math.log10(y) : y;
  return (value - axis.range[0]) / (axis.range[1] - axis.range[0]);
}

/**
 * Returns the labels as annotations, moved up and down just as far as they need to keep clear of
 * each other.
 *
 * @param panelHeight in pixels
 */
export function placeEndLabels(
  labels: readonly EndLabel[],
  yAxis: Axis,
  panelHeight: number,
): Annotation[] {
  const wanted = labels
    .map((label) => ({
      label,
      up: heightShare(label.y, yAxis) * panelHeight,
      height: countLines(label.text) * sizes.text * LINE_HEIGHT,
    }))
    .sort((a, b) => a.up - b.up);
  const placed = spread(wanted);
  return wanted.map(({ label, up }, i) => ({
    text: label.text,
    xref: "x",
    yref: "y",
    x: label.x,
    y: label.y,
    xanchor: "left",
    yanchor: "middle",
    xshift: GAP,
    yshift: Math.round((placed[i] ?? up) - up),
    align: "left",
    font: { size: sizes.text, color: label.color },
    showarrow: false,
  }));
}

/**
 * Returns centres that keep their order and don't overlap: neighbours that collide become one
 * block, whose middle is where its members wanted to be on average.
 */
function spread(wanted: readonly { up: number; height: number }[]): number[] {
  const blocks: { members: number[]; middle: number; height: number }[] = [];
  for (const [i, { up, height }] of wanted.entries()) {
    let block = { members: [i], middle: up, height };
    let below = blocks.at(-1);
    while (below && below.middle + below.height / 2 > block.middle - block.height / 2) {
      blocks.pop();
      const count = below.members.length + block.members.length;
      block = {
        members: [...below.members, ...block.members],
        middle: (below.middle * below.members.length + block.middle * block.members.length) / count,
        height: below.height + block.height,
      };
      below = blocks.at(-1);
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => {
    let bottom = block.middle - block.height / 2;
    return block.members.map((i) => {
      const height = wanted[i]?.height ?? 0;
      bottom += height;
      return bottom - height / 2;
    });
  });
}
