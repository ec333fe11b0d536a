import { checkValues } from "./check-values";
import type { ChoiceValues, NotEmpty } from "./hyperparameters";
import {
  type BooleanOptions,
  type ChoiceOptions,
  makeBoolean,
  makeChoice,
  makeFixed,
  makeFloat,
  makeInt,
  type RangeOptions,
} from "./make-parameter";
import type { Condition, Parameter, Scalar, Values } from "./parameter";
import { SearchSpace } from "./search-space";

/** A parameter to be named by the space that has it. */
export interface Declaration<Value extends Scalar> {
  /** Returns the parameter. @throws DefinitionError naming it, where its options can't be */
  define(name: string, conditions: readonly Condition[]): Parameter;
  /** For the compiler alone: what the parameter's values are. Never set. */
  readonly value?: Value;
}

/** Parameters by name. */
export type Declarations = Readonly<Record<string, Declaration<Scalar>>>;

/** The values of declarations that are all active. */
export type DeclaredValues<Given extends Declarations> = {
  readonly [Name in keyof Given]: Given[Name] extends Declaration<infer Value> ? Value : never;
};

/** The values of a space: `ValuesOf<typeof space>`. */
export type ValuesOf<Space> = Space extends DeclaredSpace<infer All> ? All : Values;

/** The values of a space in which, where the parent has a chosen value, there are more. */
export type When<All, Parent extends keyof All, Chosen, More> = All extends unknown
  ? [Chosen & All[Parent]] extends [never]
    ? Without<All, More>
    :
        | Flat<Omit<All, Parent | keyof More> & HasValue<Parent, Chosen & All[Parent]> & More>
        | Otherwise<All, Parent, Exclude<All[Parent], Chosen>, More>
  : never;

type Otherwise<All, Parent extends keyof All, Others, More> = [Others] extends [never]
  ? never
  : Without<Omit<All, Parent> & HasValue<Parent, Others>, More>;
/** Names that are active elsewhere are undefined here, so that they can be asked for. */
type Without<All, More> = Flat<
  All & { readonly [Name in Exclude<keyof More, keyof All>]?: undefined }
>;
type HasValue<Name extends PropertyKey, Value> = { readonly [Key in Name]: Value };
type Flat<All> = { readonly [Name in keyof All]: All[Name] };

/** Returns a whole number from `min` to `max`, by `step` (1). */
export function int(options: RangeOptions): Declaration<number> {
  return { define: (name, conditions) => makeInt(name, options, conditions) };
}

/** Returns a number from `min` to `max`. */
export function float(options: RangeOptions): Declaration<number> {
  return { define: (name, conditions) => makeFloat(name, options, conditions) };
}

/** Returns one of the values, which are all of one type. */
export function choice<const List extends ChoiceValues>(
  values: List & NotEmpty<List>,
  options: ChoiceOptions<List[number]> = {},
): Declaration<List[number]> {
  return { define: (name, conditions) => makeChoice(name, values, options, conditions) };
}

/** Returns true or false. */
export function boolean(options: BooleanOptions = {}): Declaration<boolean> {
  return { define: (name, conditions) => makeBoolean(name, options, conditions) };
}

/** Returns a value that is recorded but not searched. */
export function fixed<const Value extends Scalar>(value: Value): Declaration<Value> {
  return { define: (name, conditions) => makeFixed(name, value, conditions) };
}

/** A search space whose values the compiler knows. */
export class DeclaredSpace<All = Values> extends SearchSpace {
  /**
   * Returns a space with more parameters, which are active where the parent has one of the values.
   * There, and only there, the compiler knows them: after `if (values.kind === "convolution")`.
   *
   * @throws DefinitionError for a parent that isn't in the space, a value that it can't have, a name that
   *   can be active already, or options that can't be
   *
   * @example
   * import { choice, defineSpace, int } from "@headroom/tuner";
   * const space = defineSpace({ kind: choice(["dense", "convolution"]) })
   *   .when("kind", ["convolution"], { filters: int({ min: 8, max: 64, step: 8 }) });
   * space.defaults(); // => { kind: "dense" }
   */
  when<
    Parent extends keyof All & string,
    const Chosen extends NonNullable<All[Parent]> & Scalar,
    const More extends Declarations,
  >(
    parent: Parent,
    values: readonly [Chosen, ...Chosen[]],
    declarations: More,
  ): DeclaredSpace<When<All, Parent, Chosen, DeclaredValues<More>>> {
    const [only, second] = this.get(parent);
    // Outermost first; of several parents of one name the value itself tells which one it is.
    const outer = second === undefined ? (only?.conditions ?? []) : [];
    const conditions = [...outer, { parent, values: [...values] }];
    return new DeclaredSpace([...this.parameters, ...parametersOf(declarations, conditions)]);
  }

  /**
   * Returns the values with their types, in the space's order, if they are the values of a trial in
   * this space. @throws DefinitionError naming the first one that is missing, unknown, or can't be
   */
  check(values: Values): All {
    return checkValues(this, values) as All;
  }
}

/**
 * Returns a search space whose values' types are inferred.
 *
 * @throws DefinitionError naming the first parameter whose options can't be
 *
 * @example
 * import { choice, defineSpace, int } from "@headroom/tuner";
 * const space = defineSpace({
 *   units: int({ min: 32, max: 512, step: 32 }),
 *   learningRate: choice([0.01, 0.001, 0.0001]),
 * });
 * space.defaults(); // => { units: 32, learningRate: 0.01 }
 */
export function defineSpace<const Given extends Declarations>(
  declarations: Given,
): DeclaredSpace<DeclaredValues<Given>> {
  return new DeclaredSpace(parametersOf(declarations, []));
}

function parametersOf(declarations: Declarations, conditions: readonly Condition[]): Parameter[] {
  return Object.entries(declarations).map(([name, one]) => one.define(name, conditions));
}
