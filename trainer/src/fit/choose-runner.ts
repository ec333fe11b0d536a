import * as tf from "@tensorflow/tfjs-node";
import { CannotCompileError, TrainingArgumentError } from "../errors";
import type { Clipping } from "../optimizers/clipping";
import { explainFailure } from "../program/numeric-checks";
import { type ProgramOptions, planTraining } from "../program/plan";
import { trainingProgram } from "../program/training-program";
import { type NodeBackend, nodeBackend } from "../session/backend";
import { TraceRunner } from "../trace/trace-runner";
import { differenceToStock } from "../verify";
import { GraphRunner } from "./graph-runner";
import type { ModelData, StepRunner } from "./step-runner";
import { type BatchFunction, StockRunner } from "./stock-runner";

/**
 * How a model is trained: as one TensorFlow graph, written by what layers and losses are known to do; as a
 * graph of tfjs's own step, recorded; or by tfjs itself.
 */
export type Way = "graph" | "trace" | "stock";

/** How a model was trained, and why. */
export interface Explanation {
  readonly way: Way;
  /** Why not in a faster way; undefined for a graph. */
  readonly reason: string | undefined;
  /** How many nodes the graph has; undefined for stock tfjs. */
  readonly nodes: number | undefined;
}

/** A training's data, and tfjs's own steps. */
export interface RunnerOptions {
  readonly names: readonly string[];
  readonly trainBatch: BatchFunction;
  readonly testBatch: BatchFunction | undefined;
  readonly data: ModelData;
  readonly validation: ModelData | undefined;
  /** Undefined: batches may have any size, as those of a dataset. */
  readonly batchSize: number | undefined;
  readonly seed: number;
  readonly learningRate: ((step: number) => number) | undefined;
  readonly clipping: Clipping | undefined;
  readonly checkNumerics: boolean;
}

/** Graphs that have been compared with stock tfjs, and how they differ from it. */
const verified = new Map<string, string | undefined>();
/** What has been told. */
const told = new Set<string>();

/**
 * Returns the way that was demanded, or the fastest that serves. Throws a CannotCompileError where one
 * was demanded that can't be, and a TrainingArgumentError where stock tfjs trains and lacks an option.
 */
export function chooseRunner(
  model: tf.LayersModel,
  way: Way | undefined,
  options: RunnerOptions,
): { readonly runner: StepRunner; readonly explanation: Explanation } {
  const demanded = "it was demanded";
  switch (way) {
    case "graph":
      return graphRunner(model, options);
    case "trace":
      return traceRunner(model, options, demanded);
    case "stock":
      return stockRunner(model, options, demanded);
  }
  const noGraph = unlessRefused(() => graphRunner(model, options));
  if (typeof noGraph !== "string") return noGraph;
  const noTrace = unlessRefused(() => {
    checkLength(options);
    return traceRunner(model, options, noGraph);
  });
  if (typeof noTrace !== "string") return noTrace;
  const reason = noGraph === noTrace ? noGraph : `${noGraph}; ${noTrace}`;
  tellOnce(`${model.name} is trained by tfjs itself: ${reason}`);
  return stockRunner(model, options, reason);
}

/** A step is recorded anew for each epoch, which takes longer than a step of stock tfjs. */
const LEAST_BATCHES = 3;

function checkLength({ data, batchSize }: RunnerOptions): void {
  if (batchSize === undefined) return;
  const batches = Math.ceil((data.inputs[0]?.shape[0] as number) / batchSize);
  if (batches >= LEAST_BATCHES) return;
  const reason = `${batches} batches are too few for a recorded step to be faster`;
  throw new CannotCompileError("so short an epoch", reason);
}

/** Returns why something can't be compiled, or what it is. */
function unlessRefused<T>(choose: () => T): T | string {
  try {
    return choose();
  } catch (problem) {
    if (problem instanceof CannotCompileError) return problem.message;
    throw problem;
  }
}

function traceRunner(model: tf.LayersModel, options: RunnerOptions, reason: string) {
  const { batchSize } = options;
  if (options.checkNumerics) {
    throw new CannotCompileError("checkNumerics", "a recorded step knows no layers");
  }
  if (batchSize === undefined) {
    throw new CannotCompileError("a dataset", "a recorded step takes batches of one size alone");
  }
  const stock = new StockRunner({ ...options, optimizer: model.optimizer });
  const runner = new TraceRunner({ ...options, batchSize, backend: backendOf(), model, stock });
  const explanation: Explanation = {
    get way() {
      return runner.changed === undefined ? "trace" : "stock";
    },
    get reason() {
      return runner.changed === undefined ? reason : `${reason}; ${runner.changed}`;
    },
    get nodes() {
      return runner.changed === undefined ? runner.nodes : undefined;
    },
  };
  return { runner, explanation };
}

function backendOf(): NodeBackend {
  const backend = nodeBackend();
  if (backend !== undefined) return backend;
  throw new CannotCompileError("the model", `the backend ${tf.getBackend()} runs no graphs`);
}

function stockRunner({ optimizer }: tf.LayersModel, options: RunnerOptions, reason: string) {
  const wanted = options.checkNumerics ? "checkNumerics" : options.clipping?.kind;
  if (wanted !== undefined) {
    throw new TrainingArgumentError(
      `fit: stock tfjs, which trains here because ${reason}, has no ${wanted}: leave it out`,
    );
  }
  const explanation = { way: "stock", reason, nodes: undefined } as const;
  return { runner: new StockRunner({ ...options, optimizer }), explanation };
}

function graphRunner(model: tf.LayersModel, options: RunnerOptions) {
  const backend = backendOf();
  const { data } = options;
  const plan = planTraining(model);
  const programOptions: ProgramOptions = {
    targetShapes: data.targets.map(({ shape }, index) => {
      const output = options.batchSize === undefined ? model.outputs[index]?.shape : undefined;
      // Batches of a dataset may differ where the model leaves it open, as in the length of sequences.
      return shape.map((size, axis) => (axis === 0 || output?.[axis] === null ? null : size));
    }),
    isWeighted: data.sampleWeights.length > 0,
    clipping: options.clipping,
    checkNumerics: options.checkNumerics,
  };
  const program = trainingProgram(plan, programOptions);
  const runner = new GraphRunner({
    ...options,
    backend,
    plan,
    program,
    schedule: options.learningRate,
  });
  try {
    const { key } = runner;
    if (!verified.has(key)) {
      verified.set(key, differenceToStock(backend, plan, programOptions, data));
    }
    const difference = verified.get(key);
    if (difference !== undefined) throw new CannotCompileError("the model", difference);
  } catch (problem) {
    runner.end();
    const { places } = program;
    const moment = { epoch: undefined, batch: undefined };
    throw places === undefined ? problem : explainFailure(problem, places, moment);
  }
  const explanation = { way: "graph", reason: undefined, nodes: program.nodes.length } as const;
  return { runner, explanation };
}

/** Models that are made one after the other differ in the numbers of their names. */
function tellOnce(text: string): void {
  const kind = text.replace(/\d+/g, "");
  if (told.has(kind)) return;
  told.add(kind);
  console.warn(text);
}
