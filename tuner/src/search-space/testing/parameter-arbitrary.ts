import fc from "fast-check";
import { makeBoolean, makeChoice, makeFixed, makeFloat, makeInt } from "../make-parameter";
import type { Condition, FloatParameter, IntParameter, Parameter, Sampling } from "../parameter";

/** Random parameters for property tests: all kinds, samplings, with and without steps. */

const sampling: fc.Arbitrary<Sampling> = fc.constantFrom("linear", "log", "reverse_log");
const NAME = "p";

/** Int parameters. */
export const intArbitrary: fc.Arbitrary<IntParameter> = fc
  .record({
    min: fc.integer({ min: 1, max: 400 }),
    width: fc.integer({ min: 0, max: 4000 }),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    sampling,
  })
  .map(({ min, width, share, sampling }) => {
    const max = min + width;
    const step = share === undefined ? undefined : stepWithin(min, max, sampling, share, true);
    return makeInt(NAME, { min, max, step, sampling }, []);
  });

/** Float parameters. */
export const floatArbitrary: fc.Arbitrary<FloatParameter> = fc
  .record({
    min: fc.double({ min: 1e-6, max: 100, noNaN: true }),
    factor: fc.double({ min: 1, max: 1e5, noNaN: true }),
    share: fc.option(fc.double({ min: 0.02, max: 1, noNaN: true }), { nil: undefined }),
    sampling,
  })
  .map(({ min, factor, share, sampling }) => {
    const max = min * factor;
    const step = share === undefined ? undefined : stepWithin(min, max, sampling, share, false);
    return makeFloat(NAME, { min, max, step, sampling }, []);
  });

/** Parameters of every kind under the same name and conditions. */
export function parameterArbitrary(
  name = NAME,
  conditions: readonly Condition[] = [],
): fc.Arbitrary<Parameter> {
  const words = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 });
  const numbers = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 6 });
  const choices = fc
    .oneof(words, numbers)
    .map((values) => makeChoice(name, values, {}, conditions));
  return fc.oneof(
    intArbitrary.map((parameter) => ({ ...parameter, name, conditions })),
    floatArbitrary.map((parameter) => ({ ...parameter, name, conditions })),
    choices,
    fc.boolean().map((preset) => makeBoolean(name, { default: preset }, conditions)),
    fc.string().map((value) => makeFixed(name, value, conditions)),
  );
}

/** A step that stays in the range, as the given share of it; undefined where there is none. */
function stepWithin(
  min: number,
  max: number,
  sampling: Sampling,
  share: number,
  whole: boolean,
): number | undefined {
  const least = sampling === "linear" ? 0 : 1;
  const reach = sampling === "linear" ? max - min : max / min;
  const step = least + share * (reach - least);
  const rounded = whole ? Math.floor(step) : step;
  // A factor close to 1 makes so many steps that a test would compute for minutes.
  const smallest = sampling === "linear" ? least : 1.05;
  return rounded > smallest && rounded <= reach ? rounded : undefined;
}
