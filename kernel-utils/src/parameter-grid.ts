import { InputError } from "./errors";

/** One value of each list. */
export type Setting<Grid extends Record<string, readonly unknown[]>> = {
  [Name in keyof Grid]: Grid[Name][number];
};

const MOST_SETTINGS = 100_000;

/**
 * Returns every combination of the listed values: names in alphabetical order, the last one changing
 * fastest.
 *
 * @param grid a list of values for each name; without names there is one setting, the empty one
 * @throws InputError for a name without values, for what is no list, and for more than 100,000
 *   combinations
 *
 * Source: scikit-learn's `ParameterGrid`, whose order this is.
 *
 * @example
 * import { parameterGrid } from "@headroom/kernel-utils";
 * parameterGrid({ rate: [0.1, 0.01], epochs: [5, 10] });
 * // => [
 * //   { epochs: 5, rate: 0.1 },
 * //   { epochs: 5, rate: 0.01 },
 * //   { epochs: 10, rate: 0.1 },
 * //   { epochs: 10, rate: 0.01 },
 * // ]
 */
export function parameterGrid<Grid extends Record<string, readonly unknown[]>>(
  grid: Grid,
): Setting<Grid>[] {
  const names = Object.keys(grid).sort();
  let count = 1;
  for (const name of names) {
    const values: unknown = grid[name];
    if (!Array.isArray(values)) {
      throw new InputError(
        "wrong-type",
        `${name}: expected a list of values, got ${typeof values}. Write a single value as [value].`,
        { name },
      );
    }
    if (values.length === 0) {
      throw new InputError("empty-input", `${name} has no values: expected at least one.`, {
        name,
      });
    }
    count *= values.length;
  }
  if (count > MOST_SETTINGS) {
    throw new InputError(
      "out-of-range",
      `The grid has ${count} combinations: expected at most ${MOST_SETTINGS}. Take fewer values, ` +
        "or search at random.",
      { count },
    );
  }
  let settings: Record<string, unknown>[] = [{}];
  for (const name of names) {
    const values = grid[name] as readonly unknown[];
    settings = settings.flatMap((setting) =>
      values.map((value) => ({ ...setting, [name]: value })),
    );
  }
  return settings as Setting<Grid>[];
}
