import { DefinitionError } from "../errors";
import { holds } from "./conditions";
import {
  type BooleanOptions,
  type ChoiceOptions,
  makeBoolean,
  makeChoice,
  makeFixed,
  makeFloat,
  makeInt,
  type RangeOptions,
  show,
} from "./make-parameter";
import type { Condition, Parameter, Scalar, Values } from "./parameter";
import type { SearchSpace } from "./search-space";
import { TrialValues, type ValuesSource } from "./trial-values";

/** The values of a choice: of one type, and at least one. */
export type ChoiceValues = readonly number[] | readonly string[] | readonly boolean[];

/** A type that nothing has if the list is visibly empty, and anything otherwise. */
export type NotEmpty<List extends readonly unknown[]> = List extends readonly [] ? never : unknown;

/** Where in a builder parameters are defined. */
interface Scope {
  /** Outermost first. */
  readonly conditions: readonly Condition[];
  /** The names around, each followed by a slash. */
  readonly prefix: string;
}

/**
 * What a model builder gets: it defines the space by running, and returns the values of the trial. In
 * a scope whose conditions don't hold a parameter becomes known without a value: undefined.
 *
 * @example
 * import { HyperParameters } from "@headroom/tuner";
 * const hp = new HyperParameters();
 * hp.int("units", { min: 32, max: 512, step: 32 }); // => 32
 * hp.choice("learningRate", [0.01, 0.001]); // => 0.01
 */
export class HyperParameters<Absent = never> {
  readonly #trial: TrialValues;
  readonly #scope: Scope;

  /**
   * @param source a trial's space and values; without it all parameters have their defaults
   * @param scope what the names and conditions of all definitions begin with; nothing by default
   */
  constructor(source: ValuesSource = {}, scope: Scope = { conditions: [], prefix: "" }) {
    this.#trial = source instanceof TrialValues ? source : new TrialValues(source);
    this.#scope = scope;
  }

  /** What is known of the space by now. */
  get space(): SearchSpace {
    return this.#trial.space;
  }

  /** The trial's values by now, by full names. */
  get values(): Values {
    return { ...this.#trial.values };
  }

  /** Whether this scope's conditions hold in this trial. */
  get isActive(): boolean {
    return this.#scope.conditions.every((condition) => holds(condition, this.#trial.values));
  }

  /** Returns a whole number from `min` to `max`. @throws DefinitionError for a range that can't be */
  int(name: string, options: RangeOptions): number | Absent {
    return this.#resolve(makeInt(this.#nameOf(name), options, this.#scope.conditions)) as number;
  }

  /** Returns a number from `min` to `max`. @throws DefinitionError for a range that can't be */
  float(name: string, options: RangeOptions): number | Absent {
    return this.#resolve(makeFloat(this.#nameOf(name), options, this.#scope.conditions)) as number;
  }

  /** Returns one of the values. @throws DefinitionError for values that can't be */
  choice<const List extends ChoiceValues>(
    name: string,
    values: List & NotEmpty<List>,
    options: ChoiceOptions<List[number]> = {},
  ): List[number] | Absent {
    const { conditions } = this.#scope;
    return this.#resolve(
      makeChoice(this.#nameOf(name), values, options, conditions),
    ) as List[number];
  }

  /** Returns true or false. @throws DefinitionError for a name that can't be */
  boolean(name: string, options: BooleanOptions = {}): boolean | Absent {
    return this.#resolve(
      makeBoolean(this.#nameOf(name), options, this.#scope.conditions),
    ) as boolean;
  }

  /** Returns the value, which is recorded but not searched. @throws DefinitionError for a name that can't be */
  fixed<const Value extends Scalar>(name: string, value: Value): Value | Absent {
    return this.#resolve(makeFixed(this.#nameOf(name), value, this.#scope.conditions)) as Value;
  }

  /**
   * Returns what the body returns. What the body defines by the scope that it gets is active only where
   * the parent has one of the values. The body always runs, so that the space becomes known as a whole.
   *
   * @throws DefinitionError for an unknown parent, or a value that it can't have
   *
   * @example
   * import { HyperParameters } from "@headroom/tuner";
   * const hp = new HyperParameters();
   * hp.choice("kind", ["dense", "convolution"]); // => "dense"
   * const filters = hp.conditionalScope("kind", ["convolution"], (scope) =>
   *   scope.int("filters", { min: 8, max: 64 }),
   * );
   * // => undefined
   */
  conditionalScope<Result>(
    parent: string,
    values: readonly Scalar[],
    body: (scope: HyperParameters<undefined>) => Result,
  ): Result {
    const { conditions, prefix } = this.#scope;
    const condition = { parent: this.#nameOf(parent), values: [...values] };
    this.#trial.space.requireConditions("a conditional scope", [condition]);
    const scope = { conditions: [...conditions, condition], prefix };
    return this.#open(new HyperParameters<undefined>(this.#trial, scope), body);
  }

  /** Returns what the body returns; what it defines by the scope that it gets is named `name/...`. */
  nameScope<Result>(name: string, body: (scope: HyperParameters<Absent>) => Result): Result {
    const { conditions, prefix } = this.#scope;
    const scope = { conditions, prefix: `${prefix}${name}/` };
    return this.#open(new HyperParameters<Absent>(this.#trial, scope), body);
  }

  /** Returns the value of a parameter. @throws DefinitionError for an unknown or inactive one */
  get(name: string): Scalar {
    return this.#trial.get(this.#nameOf(name));
  }

  /** Whether a parameter is known and active in this trial. */
  has(name: string): boolean {
    return Object.hasOwn(this.#trial.values, this.#nameOf(name));
  }

  #nameOf(name: string): string {
    return name === "" ? "" : `${this.#scope.prefix}${name}`;
  }

  #open<Inner, Result>(
    scope: HyperParameters<Inner>,
    body: (scope: HyperParameters<Inner>) => Result,
  ) {
    const outer = this.#trial.openScope;
    this.#trial.openScope = scope;
    try {
      return body(scope);
    } finally {
      this.#trial.openScope = outer;
    }
  }

  #resolve(parameter: Parameter): Scalar | undefined {
    const open = this.#trial.openScope;
    if (open !== undefined && open !== this) {
      throw new DefinitionError(
        "outer-scope",
        `${parameter.kind} ${show(parameter.name)} is defined in a scope's body, but not by that scope, ` +
          "so that the scope would not count. Call the method of what the body gets.",
        { name: parameter.name },
      );
    }
    return this.#trial.resolve(parameter);
  }
}
