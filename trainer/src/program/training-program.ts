/** The whole graph of a model's training: steps in a loop, and evaluation in a loop. */
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { NodeDef } from "../graph/saved-model";
import { binary } from "../ops/arithmetic";
import { type Clipping, clipGradients } from "../optimizers/clipping";
import { type Batch, gatherRows } from "./batch";
import { batchLoop } from "./batch-loop";
import { constrainedUpdate } from "./constrained-update";
import { NODES } from "./nodes";
import type { Objective } from "./objective";
import type { ProgramParts } from "./parts";
import { PassWriter, type Step } from "./pass";
import type { ProgramOptions, TrainingPlan } from "./plan";
import { assign, type GraphVariable } from "./variables";
import type { GraphWeight } from "./weight-values";

/** A graph, and what is to be known to run it. */
export interface TrainingProgram {
  readonly nodes: readonly NodeDef[];
  readonly weights: readonly GraphWeight[];
  /** For each trained weight, in the order of the model's trainable weights. */
  readonly slots: readonly (readonly GraphVariable[])[];
  /** To be fed with each run. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The node that trains on a smaller last batch, where `NODES.trained` takes whole ones alone. */
  readonly remainder: string | undefined;
  /** What is checked, by the marks in TensorFlow's errors; undefined: nothing. See NumericChecks. */
  readonly places?: ReadonlyMap<string, string> | undefined;
}

/** A loop of steps: the name of its frame, the node that has its sums, and what writes a step. */
interface TrainingLoop {
  readonly name: string;
  readonly node: string;
  readonly step: (batch: Batch, step: Value) => Step;
}

/** What a graph is to have, beside the parts that all passes share. */
export interface ProgramContent {
  readonly clipping: Clipping | undefined;
  /** For batches of all sizes, or for whole ones and for a smaller last one. */
  readonly loops: readonly [TrainingLoop, TrainingLoop?];
  readonly evaluation?: (batch: Batch, step: Value) => Objective;
}

/** Writes the graph of a plan. Throws a CannotCompileError. */
export function trainingProgram(plan: TrainingPlan, options: ProgramOptions): TrainingProgram {
  const writer = new PassWriter(plan, options);
  const program = writeProgram(writer, {
    clipping: options.clipping,
    loops: [{ name: "train", node: NODES.trained, step: (...given) => writer.step(...given) }],
    evaluation: (...given) => writer.evaluation(...given),
  });
  return { ...program, places: writer.checks?.places };
}

/** Writes a graph whose steps come from elsewhere. Throws a CannotCompileError. */
export function writeProgram(
  parts: ProgramParts,
  { clipping, loops, evaluation }: ProgramContent,
): TrainingProgram {
  const { graph, variables, hyperparameters, plan } = parts;
  const kinds = plan.optimizerEmitter.slots(plan.optimizer);
  const slots = parts.trained.map(({ variable }) =>
    kinds.map(({ name }) => variables.add(`${variable.name}/${name}`, variable.shape)),
  );
  variables.finish();
  const rates = graph.placeholder(NODES.rates, DType.float32, [null]);
  const steps = parts.int(NODES.steps);
  const batches = batchLoop(parts);
  const train = (step: Step, index: Value) => {
    const rate = gatherRows(graph, rates, index);
    const gradients = clipped(parts, step.gradients, clipping);
    const updates = gradients.flatMap((gradient, number) => {
      if (gradient === undefined) return [];
      const trained = parts.trained[number] as GraphWeight;
      const { weight, variable } = trained;
      const updated = plan.optimizerEmitter.update(plan.optimizer, {
        graph,
        weight: variable.handle,
        slots: (slots[number] ?? []).map(({ handle }) => handle),
        gradient,
        rate,
        number: (name) => optimizerNumber(parts, name),
        // Whoever still reads the weight while it changes makes TensorFlow copy it.
        after: graph.readersOf(step.values.valueOf(weight)),
      });
      return constrainedUpdate(graph, hyperparameters, trained, updated);
    });
    const assigned = [...step.values.assigned].map(([{ weight, variable }, value]) =>
      // Not before the step has read it.
      assign(graph, variable.handle, value, [step.values.valueOf(weight)]),
    );
    return { objective: step.objective, updates: [...updates, ...assigned] };
  };
  for (const { name, node, step } of loops.filter((loop) => loop !== undefined)) {
    batches(name, node, (index, batch) =>
      train(step(batch, binary(graph, "AddV2", steps, index)), index),
    );
  }
  if (evaluation !== undefined) {
    batches("evaluate", NODES.evaluated, (_index, batch) => {
      // As in stock tfjs, the samples of an evaluation count alike.
      const unweighted = { ...batch, weights: undefined };
      return { objective: evaluation(unweighted, steps), updates: [] };
    });
  }
  return {
    nodes: graph.nodes,
    weights: parts.weights,
    slots,
    numbers: hyperparameters.values,
    remainder: loops[1]?.node,
  };
}

function clipped(
  { graph, hyperparameters }: ProgramParts,
  gradients: readonly (Value | undefined)[],
  clipping: Clipping | undefined,
): readonly (Value | undefined)[] {
  if (clipping === undefined) return gradients;
  const limit = hyperparameters.add("clipping/limit", clipping.limit);
  return clipGradients(graph, gradients, clipping.kind, limit);
}

function optimizerNumber({ plan, hyperparameters }: ProgramParts, name: string): Value {
  const value = plan.optimizerEmitter.numbers(plan.optimizer)[name];
  if (value === undefined) throw new Error(`the optimizer has no number called ${name}`);
  return hyperparameters.add(`optimizer/${name}`, value);
}
