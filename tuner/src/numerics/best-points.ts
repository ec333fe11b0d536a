import { type Axis, snap } from "./axis";
import { minimizeInBox } from "./box-minimum";
import { type RandomStream, standardNormal } from "./random-stream";

/** Returns how good a point is, more is better; and writes the gradient where that is wanted. */
export type Goodness = (point: Float64Array, gradient?: Float64Array) => number;

/** A point, and how good it is. */
export interface RatedPoint {
  readonly point: Float64Array;
  readonly goodness: number;
}

/** How points are searched for. */
export interface PointSearch {
  readonly axes: readonly Axis[];
  readonly goodness: Goodness;
  /** Known points, near which others are tried: best first. */
  readonly near: readonly Float64Array[];
  /** Returns which coordinates of a point count; undefined where all always do. */
  readonly isActive: ((point: Float64Array) => readonly boolean[]) | undefined;
  readonly stream: RandomStream;
}

const RANDOM_POINTS = 300;
const NEAR_POINTS = 200;
const SPREADS = [0.2, 0.05, 0.01];
const CLIMBS = 5;
const CLIMB_ROUNDS = 4;
const CLIMB_STEPS = 25;
/** Of a discrete axis with more values only the neighbours are tried, near and further away. */
const MOST_ALTERNATIVES = 12;

/**
 * Returns points of a space, the best first: many at random, in the whole space and near known points, of
 * which the best climb as far as they can, along the gradient in continuous dimensions and value by
 * value in discrete ones.
 */
export function bestPoints(search: PointSearch): RatedPoint[] {
  const { axes, goodness, near, stream } = search;
  const rated: RatedPoint[] = [];
  const rate = (point: Float64Array) => rated.push({ point, goodness: goodness(point) });
  for (const point of near) {
    rate(point);
  }
  for (let count = 0; count < RANDOM_POINTS; count++) {
    rate(Float64Array.from(axes, (axis) => randomPosition(axis, stream)));
  }
  for (let count = 0; count < NEAR_POINTS && near.length > 0; count++) {
    const centre = near[count % near.length] as Float64Array;
    const spread = SPREADS[count % SPREADS.length] as number;
    rate(
      Float64Array.from(axes, (axis, j) => nearPosition(axis, centre[j] as number, spread, stream)),
    );
  }
  rated.sort((a, b) => b.goodness - a.goodness);
  const climbed = rated.slice(0, CLIMBS).map((start) => climb(start, search));
  return [...climbed, ...rated].sort((a, b) => b.goodness - a.goodness);
}

function randomPosition(axis: Axis, stream: RandomStream): number {
  return axis.isCategory ? Math.floor(stream() * (axis.count ?? 1)) : snap(axis, stream());
}

function nearPosition(axis: Axis, centre: number, spread: number, stream: RandomStream): number {
  if (axis.isCategory) {
    return stream() < spread ? randomPosition(axis, stream) : centre;
  }
  const position = centre + spread * standardNormal(stream);
  return snap(axis, Math.min(1, Math.max(0, position)));
}

function climb(start: RatedPoint, search: PointSearch): RatedPoint {
  let best = start;
  for (let round = 0; round < CLIMB_ROUNDS; round++) {
    const smooth = climbContinuous(best, search);
    const stepped = climbDiscrete(smooth, search);
    const isDone = stepped === smooth;
    best = stepped;
    if (isDone) {
      break;
    }
  }
  return best;
}

function climbContinuous(start: RatedPoint, search: PointSearch): RatedPoint {
  const { axes, goodness } = search;
  const active = search.isActive?.(start.point);
  const isFree = axes.map((axis, j) => axis.count === undefined && active?.[j] !== false);
  if (!isFree.includes(true)) {
    return start;
  }
  const { point, value } = minimizeInBox(
    (at) => ({
      value: -goodness(at),
      writeGradient(gradient) {
        goodness(at, gradient);
        for (let j = 0; j < gradient.length; j++) {
          gradient[j] = isFree[j] === true ? -(gradient[j] as number) : 0;
        }
      },
    }),
    {
      start: start.point,
      lower: start.point.map((x, j) => (isFree[j] === true ? 0 : x)),
      upper: start.point.map((x, j) => (isFree[j] === true ? 1 : x)),
      iterations: CLIMB_STEPS,
      tolerance: 1e-6,
    },
  );
  return -value > start.goodness ? { point, goodness: -value } : start;
}

function climbDiscrete(start: RatedPoint, { axes, goodness }: PointSearch): RatedPoint {
  let best = start;
  for (const [j, axis] of axes.entries()) {
    for (const position of alternatives(axis, best.point[j] as number)) {
      const point = best.point.slice();
      point[j] = position;
      const found = goodness(point);
      if (found > best.goodness) {
        best = { point, goodness: found };
      }
    }
  }
  return best;
}

/** Other positions of a discrete axis that are worth a try. */
function alternatives(axis: Axis, position: number): number[] {
  const { count } = axis;
  if (count === undefined) {
    return [];
  }
  if (axis.isCategory) {
    return Array.from({ length: count }, (_, index) => index).filter((index) => index !== position);
  }
  const [low, high] = axis.cellAt(position);
  const width = high - low;
  const positions =
    count <= MOST_ALTERNATIVES
      ? Array.from({ length: count }, (_, index) => snap(axis, (index + 0.5) / count))
      : [-0.1, 0.1, -5 * width, 5 * width, -width, width].map((move) =>
          snap(axis, Math.min(1, Math.max(0, (low + high) / 2 + move))),
        );
  return [...new Set(positions)].filter((other) => other !== position);
}
