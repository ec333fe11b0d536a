import type { Axis, CategoryAxis, Figure, LinearAxis, LogAxis, Range } from "../figure";
import { fitRange } from "./axis";
import { collectReaches, type Reach } from "./extents";
import { type Mark, mark, panelNumbers } from "./mark";

/** Returns the layout with axes that hold the traces of all steps too. */
export function growRanges(layout: Figure["layout"], steps: readonly Mark[]): Figure["layout"] {
  const grown = { ...layout };
  const barMode = layout.barmode ?? "group";
  for (const number of panelNumbers) {
    const [xKey, yKey] = [`xaxis${number}`, `yaxis${number}`] as const;
    const [x, y] = [layout[xKey], layout[yKey]];
    if (x === undefined || y === undefined) continue;
    const own = steps.map((step) =>
      mark({ traces: step.traces.filter((trace) => (trace.xaxis ?? "x") === `x${number}`) }),
    );
    grown[xKey] = grow(
      x,
      own.flatMap((step) => collectReaches(step, "x", barMode)),
    );
    grown[yKey] = grow(
      y,
      own.flatMap((step) => collectReaches(step, "y", barMode)),
    );
  }
  return grown;
}

function grow<A extends Axis>(axis: A, reaches: readonly Reach[]): A {
  if (reaches.length === 0) return axis;
  return axis.type === "category"
    ? { ...axis, ...growCategories(axis, reaches) }
    : { ...axis, range: growRange(axis, reaches) };
}

function growCategories(
  axis: CategoryAxis,
  reaches: readonly Reach[],
): Pick<CategoryAxis, "categoryarray" | "range"> {
  const names = reaches
    .map(({ value }) => value)
    .filter((value): value is string => typeof value === "string");
  const categoryarray = [...new Set([...axis.categoryarray, ...names])];
  const more = categoryarray.length - axis.categoryarray.length;
  const [from, to] = axis.range;
  return { categoryarray, range: from < to ? [from, to + more] : [from + more, to] };
}

/** An end moves only where a step reaches beyond it, and then as far as an own axis would. */
function growRange(axis: LinearAxis | LogAxis, reaches: readonly Reach[]): Range {
  const scaled = reaches.map(({ value, room }) => ({
    value: axis.type === "log" ? Math.log10(Number(value)) : value,
    room,
  }));
  const bare = fitRange(scaled.map((reach) => ({ ...reach, room: 0 })));
  const roomy = fitRange(scaled);
  const [from, to] = axis.range;
  const low = bare[0] < Math.min(from, to) ? roomy[0] : Math.min(from, to);
  const high = bare[1] > Math.max(from, to) ? roomy[1] : Math.max(from, to);
  return from < to ? [low, high] : [high, low];
}
