/**
 * Learning rates that change from step to step, with the names, arguments and formulas of Keras
 * (`keras.optimizers.schedules`).
 */
import { TrainingArgumentError } from "./errors";

/** Returns the learning rate of a step; steps count from 0. */
export type LearningRateSchedule = (step: number) => number;

/** What decays by the step have in common. */
export interface DecayOptions {
  /** The learning rate of step 0. */
  readonly initialLearningRate: number;
  /** How many steps a decay by `decayRate` takes. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Whether the rate stays between whole multiples of `decaySteps`. */
  readonly staircase?: boolean;
}

/**
 * Returns the schedule initialLearningRate · decayRate ^ (step / decaySteps). Throws a
 * TrainingArgumentError unless `decaySteps` is positive.
 */
export function exponentialDecay(options: DecayOptions): LearningRateSchedule {
  const { initialLearningRate, decayRate } = options;
  const decays = decaysOf(options);
  return (step) => initialLearningRate * decayRate ** decays(step);
}

/**
 * Returns the schedule initialLearningRate / (1 + decayRate · step / decaySteps). Throws a
 * TrainingArgumentError unless `decaySteps` is positive.
 */
export function inverseTimeDecay(options: DecayOptions): LearningRateSchedule {
  const { initialLearningRate, decayRate } = options;
  const decays = decaysOf(options);
  return (step) => initialLearningRate / (1 + decayRate * decays(step));
}

/** How many decays there have been until a step. */
function decaysOf({ decaySteps, staircase = false }: DecayOptions): (step: number) => number {
  requirePositive("decaySteps", decaySteps);
  return (step) => (staircase ? Math.floor(step / decaySteps) : step / decaySteps);
}

/** A decay to a last rate. */
export interface PolynomialDecayOptions {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  /** The rate from `decaySteps` on; .0001 unless told. */
  readonly endLearningRate?: number;
  /** 1, a straight line, unless told. */
  readonly power?: number;
  /** Whether the rate jumps up again after `decaySteps`, over more and more steps. */
  readonly cycle?: boolean;
}

/**
 * Returns the schedule (initialLearningRate - endLearningRate) · (1 - step / decaySteps) ^ power +
 * endLearningRate. Throws a TrainingArgumentError unless `decaySteps` is positive.
 */
export function polynomialDecay({
  initialLearningRate,
  decaySteps,
  endLearningRate = 0.0001,
  power = 1,
  cycle = false,
}: PolynomialDecayOptions): LearningRateSchedule {
  requirePositive("decaySteps", decaySteps);
  return (step) => {
    const cycles = cycle ? Math.max(1, Math.ceil(step / decaySteps)) : 1;
    const part = Math.min(1, step / (decaySteps * cycles));
    return (initialLearningRate - endLearningRate) * (1 - part) ** power + endLearningRate;
  };
}

/** Half a wave down, perhaps after a rise. */
export interface CosineDecayOptions {
  readonly initialLearningRate: number;
  /** How many steps the way down takes, without the warm-up. */
  readonly decaySteps: number;
  /** The last rate's share of the highest; 0 unless told. */
  readonly alpha?: number;
  /** The rate at the end of the warm-up; without it there is none. */
  readonly warmupTarget?: number;
  /** How many steps the rate rises, from `initialLearningRate` to `warmupTarget`. */
  readonly warmupSteps?: number;
}

/**
 * Returns the schedule of Loshchilov and Hutter (2016) without restarts: a straight line up during the
 * warm-up, then highest · ((1 - alpha) · (1 + cos(π · step / decaySteps)) / 2 + alpha). Throws a
 * TrainingArgumentError unless `decaySteps` is positive, and for warm-up steps without a target.
 */
export function cosineDecay({
  initialLearningRate,
  decaySteps,
  alpha = 0,
  warmupTarget,
  warmupSteps = 0,
}: CosineDecayOptions): LearningRateSchedule {
  requirePositive("decaySteps", decaySteps);
  if (warmupSteps > 0 && warmupTarget === undefined) {
    throw new TrainingArgumentError(
      `cosineDecay has warmupSteps (${warmupSteps}) but no warmupTarget: give the learning rate that the warm-up ends with`,
    );
  }
  const rise = warmupTarget === undefined ? 0 : warmupSteps;
  const highest = warmupTarget ?? initialLearningRate;
  return (step) => {
    if (step < rise) return initialLearningRate + (highest - initialLearningRate) * (step / rise);
    const part = Math.min(1, (step - rise) / decaySteps);
    return highest * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * part)) + alpha);
  };
}

/** Rates by ranges of steps. */
export interface PiecewiseConstantOptions {
  /** The last step of each range but the last, ascending. */
  readonly boundaries: readonly number[];
  /** The rate of each range: one more than there are boundaries. */
  readonly values: readonly number[];
}

/**
 * Returns the schedule that is values[0] up to and including step boundaries[0], then values[1] up to
 * boundaries[1], and so on. Throws a TrainingArgumentError for another number of values than one more than
 * boundaries, and for boundaries that don't ascend.
 */
export function piecewiseConstant(options: PiecewiseConstantOptions): LearningRateSchedule {
  const boundaries = [...options.boundaries];
  const values = [...options.values];
  if (values.length !== boundaries.length + 1) {
    throw new TrainingArgumentError(
      `piecewiseConstant takes one value more than boundaries, it has ${values.length} values and ${boundaries.length} boundaries`,
    );
  }
  if (
    !boundaries.every((boundary, index) => index === 0 || boundary > (boundaries[index - 1] ?? 0))
  ) {
    throw new TrainingArgumentError(
      `the boundaries of piecewiseConstant should ascend, they are ${boundaries.join(", ")}`,
    );
  }
  return (step) => {
    const range = boundaries.findIndex((boundary) => step <= boundary);
    return values.at(range) as number;
  };
}

function requirePositive(name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new TrainingArgumentError(`${name} should be a positive number, it is ${value}`);
}
