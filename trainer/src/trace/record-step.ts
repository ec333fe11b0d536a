import * as tf from "@tensorflow/tfjs-node";
import { CannotCompileError } from "../errors";
import type { ModelData } from "../fit/step-runner";
import type { BatchFunction } from "../fit/stock-runner";
import { trainedWeights } from "../program/weight-values";
import type { NodeBackend } from "../session/backend";
import { Recorder } from "./recorder";
import { rowsOf, stepWithoutUpdate } from "./stock-step";
import { type Trace, traceOf } from "./trace";

/** With more operations, a graph takes longer to prepare than most trainings are worth. */
const MOST_OPERATIONS = 5000;
/** Weights are recorded with other values than they have: a copy of one must not pass for it. */
const FACTOR = 0.9;

/** What is recorded. */
export interface RecordedModel {
  readonly backend: NodeBackend;
  readonly model: tf.LayersModel;
  readonly trainBatch: BatchFunction;
  readonly data: ModelData;
}

/**
 * Records tfjs's own step for `count` samples of the data from number `begin` on. The model is as
 * before afterwards. Throws a CannotCompileError for a step that a graph can't repeat.
 */
export function recordStep(recorded: RecordedModel, begin: number, count: number): Trace {
  // Not what the tidy returns, which it would search for tensors.
  const traces: Trace[] = [];
  tf.tidy(() => {
    withOtherWeights(recorded.model, () => {
      traces.push(record(recorded, begin, count));
    });
  });
  return traces[0] as Trace;
}

/** The error for a step that can't be a graph. */
export function cannotRecord(reason: string): CannotCompileError {
  return new CannotCompileError("the recorded step", reason);
}

/** Each weight of a model once. */
function distinctWeights(model: tf.LayersModel): readonly tf.LayersModel["weights"][number][] {
  return [...new Set(model.weights)];
}

function record(
  { backend, model, trainBatch, data }: RecordedModel,
  begin: number,
  count: number,
): Trace {
  const batch = rowsOf(data, begin, count);
  const recorder = new Recorder(backend);
  const tensors = [...batch.inputs, ...batch.targets, ...batch.sampleWeights];
  for (const [index, tensor] of tensors.entries()) recorder.name(tensor, { kind: "data", index });
  const variables = distinctWeights(model).map((weight) => weight.read() as tf.Variable);
  for (const [index, variable] of variables.entries()) {
    recorder.name(variable, { kind: "weight", index });
  }
  const step = stepWithoutUpdate(model, trainBatch, batch, (run) => recorder.run(run));
  const trained = trainedWeights(model).map((weight) => weight.read() as tf.Variable);
  const assigned = new Map(
    [...step.assigned].map(([variable, value]) => {
      const index = variables.indexOf(variable);
      if (index < 0) throw cannotRecord(`it changes the variable ${variable.name}, no weight`);
      if (trained.includes(variable)) throw cannotRecord(`it changes ${variable.name} by itself`);
      return [index, recorder.sourceOf(value)];
    }),
  );
  const gradients = trained.map(({ name }) => {
    const gradient = step.gradients[name];
    return gradient && recorder.sourceOf(gradient);
  });
  const told = step.told.map((value) => recorder.sourceOf(value));
  const trace = traceOf(recorder, { told, gradients, assigned }, count);
  if (recorder.refusal !== undefined) throw cannotRecord(recorder.refusal);
  const { length } = trace.operations;
  if (length > MOST_OPERATIONS) {
    throw cannotRecord(`it has ${length} operations, more than ${MOST_OPERATIONS}`);
  }
  return trace;
}

function withOtherWeights(model: tf.LayersModel, work: () => void): void {
  const kept = distinctWeights(model).map((weight) => {
    const variable = weight.read() as tf.Variable;
    const value = variable.clone();
    variable.assign(variable.mul(FACTOR));
    return { variable, value };
  });
  try {
    work();
  } finally {
    for (const { variable, value } of kept) variable.assign(value);
  }
}
