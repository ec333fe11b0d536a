import { DefinitionError } from "../errors";
import { defaultOf, show } from "./make-parameter";
import type { Parameter, Scalar, Values } from "./parameter";
import { SearchSpace } from "./search-space";

/** Where a trial's values come from. */
export interface ValuesSource {
  /** What is known of the space; empty by default. */
  readonly space?: SearchSpace;
  /** The trial's values; none by default. */
  readonly values?: Values;
  /**
   * Called for a parameter that the space does not have, and for one that is active without a value.
   * Returns its value; undefined for inactive ones. By default they have their defaults.
   */
  readonly define?: (parameter: Parameter) => Scalar | undefined;
}

/** What a trial knows while its builder runs: the space and the values grow as it defines more. */
export class TrialValues implements ValuesSource {
  #space: SearchSpace;
  readonly #values: Record<string, Scalar>;
  readonly #define: ((parameter: Parameter) => Scalar | undefined) | undefined;
  /** The scope whose body runs; only it may define. Undefined: the outermost one. */
  openScope: object | undefined;

  constructor(source: ValuesSource) {
    this.#space = source.space ?? new SearchSpace();
    this.#values = { ...source.values };
    this.#define = source.define;
  }

  get space(): SearchSpace {
    return this.#space;
  }

  get values(): Values {
    return this.#values;
  }

  /** Returns the parameter's value, undefined where it is not active. Makes it known if it is not. */
  resolve(parameter: Parameter): Scalar | undefined {
    const space = this.#space.add(parameter);
    const isNew = space !== this.#space;
    const isActive = space.isActive(parameter, this.#values);
    const isMissing = isActive && !Object.hasOwn(this.#values, parameter.name);
    if (isNew || isMissing) {
      const value = this.#define ? this.#define(parameter) : defaultOf(parameter);
      if (isMissing) this.#values[parameter.name] = value ?? defaultOf(parameter);
      this.#space = space;
    }
    return isActive ? this.#values[parameter.name] : undefined;
  }

  /** Returns the value of that name. @throws DefinitionError for an unknown or inactive one */
  get(name: string): Scalar {
    const value = this.#values[name];
    if (Object.hasOwn(this.#values, name) && value !== undefined) return value;
    const [known] = this.#space.get(name);
    if (known === undefined) {
      const names = [...new Set(this.#space.parameters.map((parameter) => parameter.name))];
      throw new DefinitionError(
        "unknown-parameter",
        `${show(name)} is not defined: expected one of [${names.map(show).join(", ")}].`,
        { name, names },
      );
    }
    const conditions = known.conditions.map(
      ({ parent, values }) => `${show(parent)} is one of [${values.map(show).join(", ")}]`,
    );
    throw new DefinitionError(
      "inactive-parameter",
      `${known.kind} ${show(name)} has no value in this trial: it is active only where ` +
        `${conditions.join(" and ")}. Ask has() before.`,
      { name },
    );
  }
}
