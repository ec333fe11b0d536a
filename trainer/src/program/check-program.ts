import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { NodeDef } from "../graph/saved-model";
import { NODES } from "./nodes";
import type { ProgramParts } from "./parts";
import { PassWriter, type Step } from "./pass";
import type { ProgramOptions, TrainingPlan } from "./plan";
import type { GraphWeight } from "./weight-values";

/** A graph of one step that changes nothing, to be compared with stock tfjs. */
export interface CheckProgram {
  readonly nodes: readonly NodeDef[];
  readonly weights: readonly GraphWeight[];
  readonly numbers: ReadonlyMap<string, number>;
  /** Numbers of the trained weights that have a gradient. */
  readonly gradients: readonly number[];
}

/** Writes the graph of one step's total and gradients. Throws a CannotCompileError. */
export function checkProgram(plan: TrainingPlan, options: ProgramOptions): CheckProgram {
  const writer = new PassWriter(plan, options);
  return writeCheck(writer, (step) => writer.step(writer.data, step));
}

/** Writes the graph of a step that comes from elsewhere. Throws a CannotCompileError. */
export function writeCheck(parts: ProgramParts, write: (step: Value) => Step): CheckProgram {
  const { graph } = parts;
  parts.variables.finish();
  const step = write(parts.int(NODES.steps));
  const type = { T: { type: DType.float32 } };
  const { total } = step.objective;
  graph.one("Identity", [total], type, total, { name: NODES.total });
  const gradients = step.gradients.flatMap((gradient, index) => {
    if (gradient === undefined) return [];
    graph.one("Identity", [gradient], type, gradient, { name: NODES.gradient(index) });
    return [index];
  });
  return {
    nodes: graph.nodes,
    weights: parts.weights,
    numbers: parts.hyperparameters.values,
    gradients,
  };
}
