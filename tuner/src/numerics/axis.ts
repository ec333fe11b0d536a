import type { FloatParameter, IntParameter, Parameter, Scalar } from "../search-space/parameter";
import { valueAt } from "../search-space/probability";
import { countOf, stepOf } from "../search-space/range-values";

/**
 * A searched parameter as a coordinate of a model. Numbers and ordered values lie in [0, 1] as the parameter's
 * sampling spreads them, so that a model sees a log range evenly; discrete ones in the middle of
 * their part of it. Other choices are categories: their coordinate is the value's index.
 */
export interface Axis {
  readonly parameter: Parameter;
  /** How many values there are; undefined for any number of a range. */
  readonly count: number | undefined;
  /** Whether positions are indices without an order. */
  readonly isCategory: boolean;
  /** Returns the value's position; NaN for what the parameter can't be. */
  positionOf(value: Scalar): number;
  /** Returns the part of [0, 1] in which positions stand for the same value; empty if any number may be. */
  cellAt(position: number): readonly [low: number, high: number];
  /** Returns the value at a position. */
  valueAt(position: number): Scalar;
}

const known = new WeakMap<Parameter, Axis | "none">();

/** Returns the parameter's axis; undefined where there is nothing to search. */
export function axisOf(parameter: Parameter): Axis | undefined {
  let axis = known.get(parameter);
  if (axis === undefined) {
    axis = makeAxis(parameter) ?? "none";
    known.set(parameter, axis);
  }
  return axis === "none" ? undefined : axis;
}

/** Returns the position at which a value's part of the axis has its middle. */
export function snap(axis: Axis, position: number): number {
  if (axis.isCategory || axis.count === undefined) {
    return position;
  }
  const [low, high] = axis.cellAt(position);
  return (low + high) / 2;
}

function makeAxis(parameter: Parameter): Axis | undefined {
  switch (parameter.kind) {
    case "fixed":
      return undefined;
    case "boolean":
      return categories(parameter, [false, true]);
    case "choice":
      if (parameter.values.length < 2) {
        return undefined;
      }
      return parameter.ordered
        ? evenCells(parameter, parameter.values.length, orderedIndex(parameter.values))
        : categories(parameter, parameter.values);
    default: {
      if (parameter.min === parameter.max) {
        return undefined;
      }
      const step = stepOf(parameter);
      if (step === undefined) {
        return parameter.kind === "float" ? continuous(parameter) : unevenCells(parameter);
      }
      const count = countOf(parameter, step);
      return count < 2 ? undefined : evenCells(parameter, count, stepIndex(parameter, step));
    }
  }
}

function categories(parameter: Parameter, values: readonly Scalar[]): Axis {
  const indices = new Map(values.map((value, index) => [value, index]));
  return {
    parameter,
    count: values.length,
    isCategory: true,
    positionOf: (value) => indices.get(value) ?? Number.NaN,
    cellAt: (position) => [position, position],
    valueAt: (position) => values[position] as Scalar,
  };
}

function evenCells(parameter: Parameter, count: number, indexOf: (value: Scalar) => number): Axis {
  return {
    parameter,
    count,
    isCategory: false,
    positionOf: (value) => (indexOf(value) + 0.5) / count,
    cellAt(position) {
      const index = Math.min(count - 1, Math.floor(position * count));
      return [index / count, (index + 1) / count];
    },
    valueAt: (position) => valueAt(parameter, position),
  };
}

/** The index among values that have an order, which need not be theirs in the list. */
function orderedIndex(values: readonly Scalar[]): (value: Scalar) => number {
  const indices = new Map(values.map((value, index) => [value, index]));
  return (value) => indices.get(value) ?? Number.NaN;
}

function stepIndex(range: IntParameter | FloatParameter, step: number): (value: Scalar) => number {
  const { min, max, sampling } = range;
  const count = countOf(range, step);
  return (value) => {
    const number = Number(value);
    const index =
      sampling === "linear"
        ? (number - min) / step
        : Math.log((sampling === "log" ? number : max - number + min) / min) / Math.log(step);
    return Math.min(count - 1, Math.max(0, Math.round(index)));
  };
}

function continuous(range: FloatParameter): Axis {
  const { min, max } = range;
  const positionOf = spread(range, max);
  return {
    parameter: range,
    count: undefined,
    isCategory: false,
    positionOf: (value) => Math.min(1, Math.max(0, positionOf(Number(value)))),
    cellAt: (position) => [position, position],
    valueAt: (position) => Math.min(max, Math.max(min, Number(valueAt(range, position)))),
  };
}

/** Whole numbers spread by factors: each has the part of the range up to the next. */
function unevenCells(range: IntParameter): Axis {
  const { min, max } = range;
  const positionOf = spread(range, max + 1);
  return {
    parameter: range,
    count: max - min + 1,
    isCategory: false,
    positionOf(value) {
      const number = Math.min(max, Math.max(min, Number(value)));
      return (positionOf(number) + positionOf(number + 1)) / 2;
    },
    cellAt(position) {
      const number = Number(valueAt(range, position));
      return [positionOf(number), positionOf(number + 1)];
    },
    valueAt: (position) => valueAt(range, position),
  };
}

/** How a range up to `max` is spread over [0, 1]; see `search-space/range-values.ts` for the exact one. */
function spread(range: IntParameter | FloatParameter, max: number): (value: number) => number {
  const { min, sampling } = range;
  if (sampling === "linear") {
    return (value) => (value - min) / (max - min);
  }
  const width = Math.log(max / min);
  return sampling === "log"
    ? (value) => Math.log(value / min) / width
    : (value) => 1 - Math.log((max + min - value) / min) / width;
}
