import type { Values } from "../search-space/parameter";
import { valuesText } from "../search-space/values-text";

/** Which values were tried. A promotion counts as other values than those that it continues. */
export class TriedValues {
  readonly #tried = new Set<string>();
  readonly #textOf: string[] = [];

  /** How many. */
  get size(): number {
    return this.#tried.size;
  }

  /** Whether a trial has, or had when it last was noted, these values. */
  has(values: Values, promotedFrom: string | undefined): boolean {
    return this.#tried.has(textOf(values, promotedFrom));
  }

  /** Notes a trial's values. Where they grew since, what was noted before no longer counts. */
  note(number: number, values: Values, promotedFrom: string | undefined): void {
    const text = textOf(values, promotedFrom);
    const before = this.#textOf[number];
    this.#tried.add(text);
    this.#textOf[number] = text;
    if (before !== undefined && before !== text) {
      this.#tried.delete(before);
    }
  }
}

function textOf(values: Values, promotedFrom: string | undefined): string {
  return valuesText(
    promotedFrom === undefined ? values : { ...values, "tuner/trial_id": promotedFrom },
  );
}
