/**
 * The standard normal distribution. The scaled complementary error function is W. J. Cody's ("Rational
 * Chebyshev approximations for the error function", Mathematics of Computation 23, 1969), good to the
 * last digits of a double.
 */

const SMALL_NUMERATOR = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
];
const SMALL_DENOMINATOR = [
  1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171,
];
const MIDDLE_NUMERATOR = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163,
  298.6351381974001, 881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const MIDDLE_DENOMINATOR = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903,
  3290.7992357334597, 4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const LARGE_NUMERATOR = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926,
  0.016083785148742275, 0.0006587491615298378,
];
const LARGE_DENOMINATOR = [
  1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132,
  0.0023352049762686918,
];

function ratio(numerator: readonly number[], denominator: readonly number[], x: number): number {
  let top = 0;
  let bottom = 0;
  for (let index = 0; index < numerator.length; index++) {
    top = top * x + (numerator[index] as number);
    bottom = bottom * x + (denominator[index] as number);
  }
  return top / bottom;
}

/** Returns exp(x^2) erfc(x) for x >= 0. */
export function scaledErfc(x: number): number {
  if (x <= 0.46875) {
    const squared = x * x;
    return Math.exp(squared) * (1 - x * ratio(SMALL_NUMERATOR, SMALL_DENOMINATOR, squared));
  }
  if (x <= 4) {
    return ratio(MIDDLE_NUMERATOR, MIDDLE_DENOMINATOR, x);
  }
  const inverse = 1 / (x * x);
  const rest = inverse * ratio(LARGE_NUMERATOR, LARGE_DENOMINATOR, inverse);
  return (1 / Math.sqrt(Math.PI) - rest) / x;
}

/** Returns the density at z. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** Returns the probability of a value below z; in the lower tail with full relative precision. */
export function normalProbability(z: number): number {
  const tail = 0.5 * scaledErfc(Math.abs(z) * Math.SQRT1_2) * Math.exp(-0.5 * z * z);
  return z < 0 ? tail : 1 - tail;
}

/** What lies further out on both sides is less than the last digit of 1. */
const ALL = 8.5;

/** Returns the probability of a value between `low` and `high`, precise also far from the middle. */
export function normalMass(low: number, high: number): number {
  if (low < -ALL && high > ALL) {
    return 1;
  }
  return low > 0
    ? normalProbability(-low) - normalProbability(-high)
    : normalProbability(high) - normalProbability(low);
}
