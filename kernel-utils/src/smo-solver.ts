/**
 * The dual problem of a support vector classifier, solved two variables at a time (SMO).
 *
 * Notation, for n samples: x_i features, y_i = +1 or -1, K kernel, Q_ij = y_i y_j K(x_i, x_j),
 * a_i in [0, C] the dual variables, e the vector of ones. Wanted is the a that minimises
 * f(a) = a'Qa / 2 - e'a with y'a = 0. G = Qa - e is the gradient, b the offset (libsvm's -rho).
 *
 * Source: R.-E. Fan, P.-H. Chen, C.-J. Lin, "Working set selection using second order information
 * for training support vector machines", JMLR 6 (2005), WSS 2; steps and stopping as in libsvm 3
 * (C.-C. Chang, C.-J. Lin, 2011), without its shrinking.
 */

/** What the solver is given. */
export interface DualProblem {
  /** +1 or -1 for each sample. */
  readonly signs: Int8Array;
  /** The upper end of every dual variable. */
  readonly c: number;
  /** Stops when no pair violates the optimality conditions by more than this. */
  readonly tolerance: number;
  /** K(x_i, x_t) for all t. K(x_i, x_i) must be 1, as it is for radial basis functions. */
  kernelRow(i: number): Float32Array;
}

/** The solution: the decision for x is the sum of `coefficients[i]` K(x_i, x), plus `offset`. */
export interface DualSolution {
  /** y_i a_i; 0 for samples that support nothing. */
  readonly coefficients: Float64Array;
  readonly offset: number;
  /** Whether the tolerance was reached within the steps allowed. */
  readonly converged: boolean;
}

/** Stands for a curvature that isn't positive (libsvm's TAU). */
const LEAST_CURVATURE = 1e-12;
const MOST_STEPS = 10_000_000;

/** Returns the dual problem's solution, up to the tolerance. */
export function solveDual(problem: DualProblem): DualSolution {
  const { signs, c, tolerance, kernelRow } = problem;
  const n = signs.length;
  const state = { signs, c, a: new Float64Array(n), gradient: new Float64Array(n).fill(-1) };
  let converged = false;
  for (let step = 0; step < MOST_STEPS; step++) {
    const i = mostViolating(state);
    if (i < 0) {
      converged = true;
      break;
    }
    const row = kernelRow(i);
    const j = bestPartner(state, i, row, tolerance);
    if (j < 0) {
      converged = true;
      break;
    }
    takeStep(state, i, j, row, kernelRow(j));
  }
  const coefficients = state.a.map((value, i) => (signs[i] as number) * value);
  return { coefficients, offset: offsetOf(state), converged };
}

interface State {
  readonly signs: Int8Array;
  readonly c: number;
  readonly a: Float64Array;
  readonly gradient: Float64Array;
}

/** The sample whose a would move most, i = argmax -y_t G_t over I_up; -1 if none can move. */
function mostViolating({ signs, c, a, gradient }: State): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < signs.length; t++) {
    const isUp = signs[t] === 1 ? (a[t] as number) < c : (a[t] as number) > 0;
    if (!isUp) continue;
    const pull = signs[t] === 1 ? -(gradient[t] as number) : (gradient[t] as number);
    if (pull >= most) {
      most = pull;
      best = t;
    }
  }
  return best;
}

/** The j in I_low with which a step lowers f most; -1 where all is optimal up to the tolerance. */
function bestPartner(
  { signs, c, a, gradient }: State,
  i: number,
  row: Float32Array,
  tolerance: number,
): number {
  const most = -(signs[i] as number) * (gradient[i] as number);
  let best = -1;
  let lowest = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (let t = 0; t < signs.length; t++) {
    const isLow = signs[t] === 1 ? (a[t] as number) > 0 : (a[t] as number) < c;
    if (!isLow) continue;
    const pull = signs[t] === 1 ? -(gradient[t] as number) : (gradient[t] as number);
    if (pull <= least) least = pull;
    const gap = most - pull;
    if (gap <= 0) continue;
    const gain = -(gap * gap) / curvature(row[t] as number);
    if (gain <= lowest) {
      lowest = gain;
      best = t;
    }
  }
  return most - least < tolerance ? -1 : best;
}

/** The second derivative of f along a step of i and j: K_ii + K_jj - 2 K_ij. */
function curvature(kernel: number): number {
  const value = 2 - 2 * kernel;
  return value > 0 ? value : LEAST_CURVATURE;
}

/** Moves a_i and a_j to the minimum along y'a = 0, within the box, and the gradient with them. */
function takeStep(
  { signs, c, a, gradient }: State,
  i: number,
  j: number,
  rowI: Float32Array,
  rowJ: Float32Array,
): void {
  const [yI, yJ] = [signs[i] as number, signs[j] as number];
  const [oldI, oldJ] = [a[i] as number, a[j] as number];
  const [gI, gJ] = [gradient[i] as number, gradient[j] as number];
  const [newI, newJ] =
    yI === yJ
      ? sameSign(oldI, oldJ, (gI - gJ) / curvature(rowI[j] as number), c)
      : otherSign(oldI, oldJ, (-gI - gJ) / curvature(rowI[j] as number), c);
  a[i] = newI;
  a[j] = newJ;
  const [moveI, moveJ] = [yI * (newI - oldI), yJ * (newJ - oldJ)];
  for (let t = 0; t < signs.length; t++) {
    gradient[t] =
      (gradient[t] as number) +
      (signs[t] as number) * ((rowI[t] as number) * moveI + (rowJ[t] as number) * moveJ);
  }
}

/** With equal signs the sum of both stays. */
function sameSign(oldI: number, oldJ: number, delta: number, c: number): [number, number] {
  const sum = oldI + oldJ;
  let [i, j] = [oldI - delta, oldJ + delta];
  if (sum > c && i > c) [i, j] = [c, sum - c];
  else if (sum <= c && j < 0) [i, j] = [sum, 0];
  if (sum > c && j > c) [i, j] = [sum - c, c];
  else if (sum <= c && i < 0) [i, j] = [0, sum];
  return [i, j];
}

/** With unequal signs the difference of both stays. */
function otherSign(oldI: number, oldJ: number, delta: number, c: number): [number, number] {
  const difference = oldI - oldJ;
  let [i, j] = [oldI + delta, oldJ + delta];
  if (difference > 0 && j < 0) [i, j] = [difference, 0];
  else if (difference <= 0 && i < 0) [i, j] = [0, -difference];
  if (difference > 0 && i > c) [i, j] = [c, c - difference];
  else if (difference <= 0 && j > c) [i, j] = [c + difference, c];
  return [i, j];
}

/** The mean of -y_t G_t over free samples; without any, the middle of what the others allow. */
function offsetOf({ signs, c, a, gradient }: State): number {
  let [free, sum] = [0, 0];
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let t = 0; t < signs.length; t++) {
    const value = -(signs[t] as number) * (gradient[t] as number);
    const [isUpper, isLower] = [(a[t] as number) >= c, (a[t] as number) <= 0];
    if (!isUpper && !isLower) {
      free++;
      sum += value;
    } else if (isUpper === (signs[t] === 1)) high = Math.min(high, value);
    else low = Math.max(low, value);
  }
  return free > 0 ? sum / free : (low + high) / 2;
}
