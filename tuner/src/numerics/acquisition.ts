import { normalDensity, scaledErfc } from "./normal-distribution";

/**
 * What it is worth to try a point of which a model expects `mean` with the standard deviation `std`, for a
 * function that is to be minimised. More is better.
 */

/** A worth, and its derivatives by mean and standard deviation. */
interface Worth {
  value: number;
  byMean: number;
  byStd: number;
}

/** How much worth a point has. */
export type Acquisition = (mean: number, std: number) => Worth;

/**
 * Returns minus the lower confidence bound, beta std - mean: the upper confidence bound of Srinivas et al.,
 * "Gaussian process optimization in the bandit setting" (2010), for minima.
 */
export function confidenceBound(beta: number): Acquisition {
  return (mean, std) => ({ value: beta * std - mean, byMean: -1, byStd: beta });
}

const LOG_ROOT_2_PI = 0.5 * Math.log(2 * Math.PI);
/** Below it the difference in `h` cancels too many digits, and three terms of its series are exact. */
const FAR = -100;

/**
 * Returns the logarithm of the expected improvement on the best value so far (Jones, Schonlau and Welch 1998):
 * EI = std h(z), h(z) = density(z) + z probability(z), z = (best - mean) / std. The logarithm keeps a slope where
 * the improvement itself is 0 to a computer: Ament et al., "Unexpected improvements to expected improvement"
 * (2023).
 */
export function logExpectedImprovement(best: number): Acquisition {
  return (mean, std) => {
    const z = (best - mean) / std;
    const { log, probabilityShare, densityShare } = improvement(z);
    return {
      value: Math.log(std) + log,
      byMean: -probabilityShare / std,
      byStd: densityShare / std,
    };
  };
}

/** log h(z), and the normal probability and density at z in units of h(z). */
function improvement(z: number): { log: number; probabilityShare: number; densityShare: number } {
  if (z > -1) {
    const density = normalDensity(z);
    const tail = 0.5 * scaledErfc(Math.abs(z) * Math.SQRT1_2) * Math.exp(-0.5 * z * z);
    const probability = z < 0 ? tail : 1 - tail;
    const h = density + z * probability;
    return { log: Math.log(h), probabilityShare: probability / h, densityShare: density / h };
  }
  // In units of the density: h = 1 + z m with m the ratio of probability and density, about -1/z.
  const mills = Math.sqrt(Math.PI / 2) * scaledErfc(-z * Math.SQRT1_2);
  const h = z > FAR ? 1 + z * mills : (1 - 3 / (z * z)) / (z * z);
  return {
    log: Math.log(h) - 0.5 * z * z - LOG_ROOT_2_PI,
    probabilityShare: mills / h,
    densityShare: 1 / h,
  };
}
