import type { LayersModel, Optimizer } from "@tensorflow/tfjs-node";
import { TrainingArgumentError } from "../errors";
import type { Shape } from "../graph/attribute";
import type { LossEmitter } from "../losses/loss-emitter";
import { lossOf } from "../losses/registry";
import type { MetricEmitter } from "../metrics/metric-emitter";
import { metricOf } from "../metrics/registry";
import type { Clipping } from "../optimizers/clipping";
import type { OptimizerEmitter } from "../optimizers/optimizer-emitter";
import { optimizerEmitterOf } from "../optimizers/registry";

/** A metric of one output. */
interface PlannedMetric {
  /** The name in the history. */
  readonly name: string;
  /** The number of the output that it is about. */
  readonly output: number;
  readonly emitter: MetricEmitter;
}

/** What is to be known of a training however its passes are written. */
export interface ProgramPlan {
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly optimizerEmitter: OptimizerEmitter;
  /** As many as a pass tells beside the total: the means over a batch. */
  readonly losses: readonly unknown[];
  /** The losses' names in the history; none where the total says it all. */
  readonly lossNames: readonly string[];
  readonly metrics: readonly PlannedMetric[];
}

/** What a model's training consists of, as `model.compile` has set it. */
export interface TrainingPlan extends ProgramPlan {
  /** For each output; they have names where there are several outputs. */
  readonly losses: readonly LossEmitter[];
}

/** What a graph depends on beside the plan. */
export interface ProgramOptions {
  /** The shapes of the targets, with the batch's axis. */
  readonly targetShapes: readonly Shape[];
  readonly isWeighted: boolean;
  /** How gradients are clipped before the update; undefined: not at all. */
  readonly clipping?: Clipping | undefined;
  /** Whether a run ends at the first NaN or infinite number; without, nothing is looked at. */
  readonly checkNumerics?: boolean;
}

/** What `model.compile` leaves in a model. */
interface CompiledModel {
  readonly optimizer?: Optimizer;
  readonly loss?: Identifier | readonly Identifier[] | Readonly<Record<string, Identifier>>;
  readonly metrics?: Metrics | readonly Metrics[] | Readonly<Record<string, Metrics>>;
  readonly outputNames: readonly string[];
  readonly metricsNames: readonly string[];
}

/** The name of a loss or a metric, or a function of tfjs or of the user. */
export type Identifier = string | ((target: never, prediction: never) => unknown);

type Metrics = Identifier | readonly Identifier[];

/**
 * Reads how a model is to be trained. Throws a TrainingArgumentError for a model that has not been
 * compiled, and a CannotCompileError for a part that there is no emitter for.
 */
export function planTraining(model: LayersModel): TrainingPlan {
  const compiled = model as unknown as CompiledModel;
  const { optimizer, loss, outputNames } = compiled;
  if (optimizer === undefined || loss === undefined) {
    throw new TrainingArgumentError(
      "the model has no loss and no optimizer yet: call model.compile({ optimizer, loss }) before it is trained",
    );
  }
  const optimizerEmitter = optimizerEmitterOf(optimizer);
  const losses = perOutput(loss, outputNames);
  return {
    model,
    optimizer,
    optimizerEmitter,
    losses: losses.map((identifier, output) => lossOf(identifier as Identifier, model, output)),
    lossNames: losses.length > 1 ? outputNames.map((name) => `${name}_loss`) : [],
    metrics: planMetrics(model, compiled, losses as Identifier[]),
  };
}

/** The metrics in the order in which tfjs tells them, with the names that it gives them. */
function planMetrics(
  model: LayersModel,
  { metrics = [], outputNames, metricsNames }: CompiledModel,
  losses: readonly Identifier[],
): PlannedMetric[] {
  const wanted = outputNames.flatMap((name, output) =>
    metricsOfOutput(metrics, name, output).map((identifier) => ({ identifier, output })),
  );
  // After the loss, and after each output's own loss where there are several.
  const names = metricsNames.slice(1 + (losses.length > 1 ? losses.length : 0));
  return wanted.map(({ identifier, output }, index) => ({
    name: names[index] ?? String(identifier),
    output,
    emitter: metricOf(identifier, model, output, losses[output] as Identifier),
  }));
}

function perOutput<T>(
  given: T | readonly T[] | Readonly<Record<string, T>>,
  names: readonly string[],
): (T | undefined)[] {
  if (Array.isArray(given)) {
    return given.length === 1 ? names.map(() => given[0] as T) : [...(given as readonly T[])];
  }
  if (typeof given === "object" && given !== null) {
    return names.map((name) => (given as Readonly<Record<string, T>>)[name]);
  }
  return names.map(() => given as T);
}

function metricsOfOutput(
  metrics: NonNullable<CompiledModel["metrics"]>,
  name: string,
  output: number,
): readonly Identifier[] {
  if (Array.isArray(metrics)) {
    const isNested = metrics.some((entry) => Array.isArray(entry));
    return [isNested ? metrics[output] : metrics].flat() as Identifier[];
  }
  const own = typeof metrics === "object" ? Reflect.get(metrics, name) : metrics;
  return [own ?? []].flat() as Identifier[];
}
