/** What is minimised, and what is told of a batch. */
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import type { LossCall } from "../losses/loss-emitter";
import { add, cast, multiply } from "../ops/arithmetic";
import { average } from "../ops/reductions";
import { sizeOf } from "../ops/shape";
import type { Batch } from "./batch";
import type { TrainingPlan } from "./plan";

/** The objective of one batch. */
export interface Objective {
  /** The sum of the outputs' losses and of all penalties; shape []. */
  readonly total: Value;
  /** For each output, without penalties; shape []. */
  readonly losses: readonly Value[];
  /** What each metric adds to its sums. */
  readonly metrics: readonly (readonly Value[])[];
  /** How many samples there are, as float32 of shape []. */
  readonly samples: Value;
}

/** Writes losses and metrics of a batch. `penalties` are added to the total. */
export function objective(
  tape: Tape,
  plan: TrainingPlan,
  batch: Batch,
  predictions: readonly Value[],
  penalties: readonly Value[],
): Objective {
  const { graph } = tape;
  // Of the inputs: a prediction would be computed for its size alone where the loss goes by logits.
  const samples = cast(graph, sizeOf(graph, batch.inputs[0] as Value, 0), DType.float32);
  const calls = predictions.map((prediction, index): LossCall => {
    const target = batch.targets[index] as Value;
    return { tape, graph, prediction, target, logits: tape.logitsOf(prediction), samples };
  });
  const losses = calls.map((call, index) => {
    const perSample = (plan.losses[index] as TrainingPlan["losses"][number])(call);
    const weights = batch.weights?.[index];
    const weighted = weights === undefined ? perSample : weigh(tape, perSample, weights);
    // A loss that knows the batch only as a whole is a mean already.
    return weighted.shape.length === 0 ? weighted : average(tape, weighted);
  });
  const parts = [...losses, ...penalties];
  return {
    total: parts.slice(1).reduce((sum, part) => add(tape, sum, part), parts[0] as Value),
    losses,
    metrics: plan.metrics.map(({ emitter, output }) => emitter.sums(calls[output] as LossCall)),
    samples,
  };
}

/** Multiplies the losses by the samples' weights, over whatever axes they have. */
function weigh(tape: Tape, losses: Value, weights: Value): Value {
  const { graph } = tape;
  const extra = losses.shape.length - 1;
  let shaped = weights;
  for (let axis = 0; axis < extra; axis++) {
    const attributes = { T: { type: DType.float32 }, Tdim: { type: DType.int32 } };
    const output = { dtype: DType.float32, shape: [...shaped.shape, 1] };
    shaped = graph.one("ExpandDims", [shaped, graph.int(-1)], attributes, output);
  }
  return multiply(tape, losses, shaped);
}
