import { InputError } from "./errors";
import { type NumberColumn, requireSameLength, toNumbers } from "./inputs";

/**
 * Returns one weight per sample as doubles, or `undefined` where none were given (then every sample
 * counts once). A weight of 3 counts a sample as three alike would; 0 leaves it out.
 *
 * @throws InputError `out-of-range` for a negative weight or weights that are all 0, otherwise what
 *   `toNumbers` throws, and `length-mismatch` unless there is one weight per sample
 */
export function toWeights(
  weights: NumberColumn | undefined,
  sampleName: string,
  samples: ArrayLike<unknown>,
): Float64Array | undefined {
  if (weights === undefined) return undefined;
  const values = Float64Array.from(toNumbers("weights", weights));
  requireSameLength(sampleName, samples, "weights", values);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = values[i];
    if (weight < 0) {
      throw new InputError(
        "out-of-range",
        `weights[${i}] is ${weight}: expected 0 (leave the sample out) or more.`,
        { index: i, weight },
      );
    }
    total += weight;
  }
  if (total > 0) return values;
  throw new InputError("out-of-range", "weights are all 0: expected at least one above 0.", {});
}
