/**
 * The minimum of a smooth function in a box: a limited-memory quasi-Newton search whose steps are projected
 * into the box (Bertsekas, "Projected Newton methods for optimization problems with simple constraints",
 * 1982; the two-loop recursion of Nocedal and Wright, Numerical Optimization, algorithm 7.4).
 */

/** What a function is at a point. */
export interface Evaluation {
  /** Not finite where there is none. */
  readonly value: number;
  /** Writes the gradient there; to be called before the next evaluation, if at all. */
  writeGradient(gradient: Float64Array): void;
}

/** Returns what the function is at a point. */
export type SmoothFunction = (point: Float64Array) => Evaluation;

/** A box, where the search begins, and how long it goes on. */
export interface BoxSearch {
  readonly start: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The most steps. */
  readonly iterations: number;
  /** It ends where the projected gradient is nowhere greater than this. */
  readonly tolerance: number;
}

/** Where a search ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
}

const MEMORY = 8;
const SUFFICIENT_DECREASE = 1e-4;
const HALVINGS = 20;
const SMALLEST_GAIN = 1e-10;

/** Returns a local minimum, which is no higher than the start. */
export function minimizeInBox(f: SmoothFunction, search: BoxSearch): Minimum {
  const { lower, upper } = search;
  const size = search.start.length;
  let point = Float64Array.from(search.start, (x, i) =>
    clamp(x, lower[i] as number, upper[i] as number),
  );
  let gradient = new Float64Array(size);
  const first = f(point);
  first.writeGradient(gradient);
  let { value } = first;
  const steps: { moved: Float64Array; turned: Float64Array; curvature: number }[] = [];
  let trial = new Float64Array(size);
  let trialGradient = new Float64Array(size);
  for (let iteration = 0; iteration < search.iterations; iteration++) {
    const free = freeCoordinates(point, gradient, search);
    if (free.length === 0) {
      break;
    }
    let direction = quasiNewtonDirection(gradient, free, steps);
    if (slope(direction, gradient) >= 0) {
      steps.length = 0;
      direction = quasiNewtonDirection(gradient, free, steps);
    }
    // Without knowledge of the curvature, a step of a tenth of the box at most.
    let length = steps.length > 0 ? 1 : Math.min(1, 0.1 / largest(direction, lower, upper));
    let lowered = false;
    let trialValue = value;
    for (let halving = 0; halving < HALVINGS; halving++) {
      let expected = 0;
      for (let i = 0; i < size; i++) {
        const from = point[i] as number;
        const to = clamp(
          from + length * (direction[i] as number),
          lower[i] as number,
          upper[i] as number,
        );
        trial[i] = to;
        expected += (gradient[i] as number) * (to - from);
      }
      const found = f(trial);
      trialValue = found.value;
      if (trialValue <= value + SUFFICIENT_DECREASE * expected) {
        found.writeGradient(trialGradient);
        lowered = true;
        break;
      }
      length *= 0.5;
    }
    if (!lowered) {
      if (steps.length === 0) {
        break;
      }
      steps.length = 0;
      continue;
    }
    const gain = value - trialValue;
    remember(steps, point, trial, gradient, trialGradient);
    [point, trial] = [trial, point];
    [gradient, trialGradient] = [trialGradient, gradient];
    value = trialValue;
    if (gain <= SMALLEST_GAIN * Math.max(1, Math.abs(value))) {
      break;
    }
  }
  return { point, value };
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x));
}

/** The coordinates that are not held at a bound by the gradient; none where it is flat. */
function freeCoordinates(point: Float64Array, gradient: Float64Array, search: BoxSearch): number[] {
  const free: number[] = [];
  let steepest = 0;
  for (let i = 0; i < point.length; i++) {
    const downhill = -(gradient[i] as number);
    const x = point[i] as number;
    const held = downhill < 0 ? x <= (search.lower[i] as number) : x >= (search.upper[i] as number);
    if (!held) {
      free.push(i);
      steepest = Math.max(steepest, Math.abs(downhill));
    }
  }
  return steepest <= search.tolerance ? [] : free;
}

function slope(direction: Float64Array, gradient: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < direction.length; i++) {
    sum += (direction[i] as number) * (gradient[i] as number);
  }
  return sum;
}

/** The largest step that a direction takes, in widths of the box. */
function largest(direction: Float64Array, lower: Float64Array, upper: Float64Array): number {
  let most = Number.MIN_VALUE;
  for (let i = 0; i < direction.length; i++) {
    const width = (upper[i] as number) - (lower[i] as number);
    most = Math.max(most, Math.abs(direction[i] as number) / (width || 1));
  }
  return most;
}

function quasiNewtonDirection(
  gradient: Float64Array,
  free: readonly number[],
  steps: readonly { moved: Float64Array; turned: Float64Array; curvature: number }[],
): Float64Array {
  const direction = new Float64Array(gradient.length);
  for (const i of free) {
    direction[i] = -(gradient[i] as number);
  }
  const factors: number[] = [];
  for (const step of steps.toReversed()) {
    const factor = dot(step.moved, direction, free) / step.curvature;
    factors.push(factor);
    add(direction, -factor, step.turned, free);
  }
  const last = steps.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.turned, last.turned, allOf(last.turned));
    for (const i of free) {
      direction[i] = (direction[i] as number) * scale;
    }
  }
  for (const step of steps) {
    const factor = factors.pop() ?? 0;
    add(direction, factor - dot(step.turned, direction, free) / step.curvature, step.moved, free);
  }
  return direction;
}

function allOf(vector: Float64Array): number[] {
  return Array.from(vector.keys());
}

function dot(a: Float64Array, b: Float64Array, indices: readonly number[]): number {
  let sum = 0;
  for (const i of indices) {
    sum += (a[i] as number) * (b[i] as number);
  }
  return sum;
}

function add(a: Float64Array, factor: number, b: Float64Array, indices: readonly number[]): void {
  for (const i of indices) {
    a[i] = (a[i] as number) + factor * (b[i] as number);
  }
}

function remember(
  steps: { moved: Float64Array; turned: Float64Array; curvature: number }[],
  from: Float64Array,
  to: Float64Array,
  before: Float64Array,
  after: Float64Array,
): void {
  const moved = from.map((x, i) => (to[i] as number) - x);
  const turned = before.map((g, i) => (after[i] as number) - g);
  const curvature = slope(moved, turned);
  if (curvature > 1e-10 * Math.sqrt(slope(moved, moved) * slope(turned, turned))) {
    steps.push({ moved, turned, curvature });
    if (steps.length > MEMORY) {
      steps.shift();
    }
  }
}
