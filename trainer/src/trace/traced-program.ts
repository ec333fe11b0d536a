/** Writes recorded steps into graphs. */
import type { TensorContent } from "../graph/attribute";
import type { Value } from "../graph/graph";
import type { Clipping } from "../optimizers/clipping";
import type { Batch } from "../program/batch";
import { type CheckProgram, writeCheck } from "../program/check-program";
import { NODES } from "../program/nodes";
import { ProgramParts } from "../program/parts";
import type { Step } from "../program/pass";
import type { ProgramOptions, ProgramPlan } from "../program/plan";
import { type TrainingProgram, writeProgram } from "../program/training-program";
import { WeightValues } from "../program/weight-values";
import type { Operation, Source } from "./recorder";
import type { Trace } from "./trace";

/** The recorded steps of a training: for whole batches, and for a smaller last one if there is one. */
export type Traces = readonly [whole: Trace, last: Trace | undefined];

/** What the data are like that a graph is for. */
type DataOptions = Pick<ProgramOptions, "targetShapes" | "isWeighted">;

/** Writes the graph of a training by recorded steps. Throws a CannotCompileError. */
export function tracedProgram(
  plan: ProgramPlan,
  [whole, last]: Traces,
  options: DataOptions & { readonly clipping: Clipping | undefined },
): TrainingProgram {
  const parts = new ProgramParts(plan, options);
  const loop = (name: string, node: string, trace: Trace) => ({
    name,
    node,
    step: (batch: Batch) => writeTrace(parts, trace, batch),
  });
  const first = loop("train", NODES.trained, whole);
  return writeProgram(parts, {
    clipping: options.clipping,
    loops: last === undefined ? [first] : [first, loop("train_last", NODES.trainedLast, last)],
  });
}

/** Writes the graph of one recorded step that changes nothing. */
export function tracedCheck(plan: ProgramPlan, trace: Trace, options: DataOptions): CheckProgram {
  const parts = new ProgramParts(plan, options);
  return writeCheck(parts, () => writeTrace(parts, trace, parts.data));
}

/** Writes a recorded step for a batch into the graph's current frame. */
function writeTrace(parts: ProgramParts, trace: Trace, { inputs, targets, weights }: Batch): Step {
  const { graph } = parts;
  const values = new WeightValues(graph, parts.weights);
  const data = [...inputs, ...targets, ...(weights ?? [])];
  const results = new Map<Operation, readonly Value[]>();
  const constants = new Map<TensorContent, Value>();
  const constant = (content: TensorContent) => {
    const known = constants.get(content) ?? graph.constant(content);
    constants.set(content, known);
    return known;
  };
  const resolve = (source: Source): Value => {
    switch (source.kind) {
      case "constant":
        return constant(source.content);
      case "data":
        return data[source.index] as Value;
      case "weight":
        return values.valueOf(weightOf(parts, source.index).weight);
      case "output":
        return results.get(source.operation)?.[source.index] as Value;
    }
  };
  for (const operation of trace.operations) {
    const { op, attributes, inputs: sources, outputs, isVarying } = operation;
    const [first] = sources;
    if (first !== undefined && changesNothing(operation)) {
      results.set(operation, [resolve(first)]);
      continue;
    }
    const write = () => graph.node(op, sources.map(resolve), attributes, outputs);
    // What neither data nor weights have a part in is the same in each turn.
    results.set(operation, isVarying ? write() : graph.outside(write));
  }
  for (const [index, source] of trace.assigned) {
    values.assigned.set(weightOf(parts, index), resolve(source));
  }
  const [total, ...losses] = trace.told.map(resolve);
  return {
    values,
    objective: { total: total as Value, losses, metrics: [], samples: graph.float(trace.samples) },
    gradients: trace.gradients.map((source) => source && resolve(source)),
  };
}

/** Whether an operation gives back what it is given, as tfjs's gradients often do. */
function changesNothing({ op, inputs: [first], outputs: [output] }: Operation): boolean {
  if (first?.kind !== "output") return false;
  const input = first.operation.outputs[first.index];
  if (op === "Cast") return input?.dtype === output?.dtype;
  return op === "Reshape" && input?.shape.join() === output?.shape.join();
}

/** The weight of a number in `distinctWeights`, whose order that of the graph's is. */
function weightOf({ weights }: ProgramParts, index: number) {
  return weights[index] as ProgramParts["weights"][number];
}
