import type { Parameter, Scalar, Values } from "../search-space/parameter";
import { valueAt } from "../search-space/probability";
import type { SearchSpace } from "../search-space/search-space";
import { type Axis, axisOf } from "./axis";

/** A search space as a box for models: a point has one coordinate for each parameter that is searched. */
export class EncodedSpace {
  readonly axes: readonly Axis[];
  /** Whether some parameters are active only for some values of others. */
  readonly isConditional: boolean;
  private readonly space: SearchSpace;
  private readonly axisOf: ReadonlyMap<Parameter, number>;

  constructor(space: SearchSpace) {
    this.space = space;
    const axes: Axis[] = [];
    const indices = new Map<Parameter, number>();
    for (const parameter of space.parameters) {
      const axis = axisOf(parameter);
      if (axis !== undefined) {
        indices.set(parameter, axes.length);
        axes.push(axis);
      }
    }
    this.axes = axes;
    this.axisOf = indices;
    this.isConditional = axes.some((axis) => axis.parameter.conditions.length > 0);
  }

  /** Returns the point of these values; NaN where a parameter is inactive or has no value. */
  encode(values: Values): Float64Array {
    const point = new Float64Array(this.axes.length);
    for (let index = 0; index < point.length; index++) {
      const axis = this.axes[index] as Axis;
      const value = values[axis.parameter.name];
      point[index] =
        value !== undefined && this.space.isActive(axis.parameter, values)
          ? axis.positionOf(value)
          : Number.NaN;
    }
    return point;
  }

  /** Returns the values of a point: of the active parameters, and of no other. */
  decode(point: Float64Array): Values {
    const values: Record<string, Scalar> = {};
    for (const parameter of this.space.parameters) {
      if (this.space.isActive(parameter, values)) {
        const index = this.axisOf.get(parameter);
        values[parameter.name] =
          index === undefined
            ? valueAt(parameter, 0)
            : (this.axes[index] as Axis).valueAt(point[index] as number);
      }
    }
    return values;
  }

  /** Returns the point with NaN where its own values make a parameter inactive. */
  withoutInactive(point: Float64Array): Float64Array {
    if (!this.isConditional) {
      return point;
    }
    const values = this.decode(point);
    return point.map((position, index) =>
      this.space.isActive((this.axes[index] as Axis).parameter, values) ? position : Number.NaN,
    );
  }

  /** Returns the point with every NaN replaced by the position of the parameter's default. */
  withDefaults(point: Float64Array): Float64Array {
    return point.map((position, index) => {
      const { parameter, positionOf } = this.axes[index] as Axis;
      return Number.isNaN(position) && parameter.kind !== "fixed"
        ? positionOf(parameter.default)
        : position;
    });
  }
}
