/** Trains by a graph of tfjs's own step, recorded. */
import * as tf from "@tensorflow/tfjs-node";
import { CannotCompileError } from "../errors";
import { GraphRunner } from "../fit/graph-runner";
import type { EpochBatches, Logs, ModelData, StepRunner, Sums } from "../fit/step-runner";
import type { BatchFunction, StockRunner } from "../fit/stock-runner";
import type { Clipping } from "../optimizers/clipping";
import { optimizerEmitterOf } from "../optimizers/registry";
import type { ProgramPlan } from "../program/plan";
import { trainedWeights } from "../program/weight-values";
import type { NodeBackend } from "../session/backend";
import { stepDifference } from "../verify";
import { cannotRecord, type RecordedModel, recordStep } from "./record-step";
import { rowsOf, stepWithoutUpdate } from "./stock-step";
import type { Trace } from "./trace";
import { type Traces, tracedCheck, tracedProgram } from "./traced-program";

/** What a recorded training stands on. */
export interface TraceRunnerOptions {
  readonly backend: NodeBackend;
  readonly model: tf.LayersModel;
  readonly names: readonly string[];
  readonly trainBatch: BatchFunction;
  readonly data: ModelData;
  readonly batchSize: number;
  readonly seed: number;
  readonly learningRate: ((step: number) => number) | undefined;
  readonly clipping: Clipping | undefined;
  /** Evaluates, and goes on should the step change. */
  readonly stock: StockRunner;
}

/** Graphs that have been found equal to stock tfjs. */
const verified = new Set<string>();

/**
 * Trains by recorded steps. What a step takes from JavaScript, such as a number in a closure of a loss,
 * is looked after at the beginning of each epoch: if it has changed, stock tfjs goes on.
 */
export class TraceRunner implements StepRunner {
  readonly names: readonly string[];
  /** How many nodes the graph has. */
  readonly nodes: number;
  /** Why stock tfjs goes on; undefined as long as it does not. */
  changed: string | undefined;
  readonly #options: TraceRunnerOptions;
  readonly #recorded: RecordedModel;
  readonly #whole: Trace;
  readonly #graph: GraphRunner;
  #batches: EpochBatches | undefined;

  /** Throws a CannotCompileError where the step can't be recorded, or what was recorded differs from it. */
  constructor(options: TraceRunnerOptions) {
    const { backend, model, names, data, trainBatch, batchSize, learningRate } = options;
    this.#options = options;
    this.names = names;
    this.#recorded = { backend, model, trainBatch, data };
    const plan = planOf(model, names);
    const samples = sizeOf(data);
    const size = Math.min(batchSize, samples);
    this.#whole = recordStep(this.#recorded, 0, size);
    if (recordStep(this.#recorded, samples - size, size).key !== this.#whole.key) {
      throw cannotRecord("it differs from call to call, as with random numbers from JavaScript");
    }
    const rest = samples % size;
    const last = rest > 0 ? recordStep(this.#recorded, samples - rest, rest) : undefined;
    const traces: Traces = [this.#whole, last];
    const programOptions = {
      targetShapes: data.targets.map(({ shape }) => [null, ...shape.slice(1)]),
      isWeighted: data.sampleWeights.length > 0,
      clipping: options.clipping,
    };
    const program = tracedProgram(plan, traces, programOptions);
    this.nodes = program.nodes.length;
    const validation = undefined;
    try {
      this.#graph = new GraphRunner({
        ...options,
        plan,
        program,
        validation,
        schedule: learningRate,
      });
    } catch (problem) {
      throw refused(problem);
    }
    try {
      if (verified.has(this.#graph.key)) return;
      for (const trace of traces.filter((each) => each !== undefined)) {
        const check = tracedCheck(plan, trace, programOptions);
        const difference = differenceOf(this.#recorded, trace, check);
        if (difference !== undefined) throw cannotRecord(difference);
      }
      verified.add(this.#graph.key);
    } catch (problem) {
      this.#graph.end();
      throw refused(problem);
    }
  }

  train(batches: EpochBatches, begin: number, end: number): readonly Sums[] {
    if (this.#batches !== batches) {
      this.#batches = batches;
      if (this.changed === undefined) this.#lookAfter();
    }
    return this.#current.train(batches, begin, end);
  }

  evaluate(batchSize: number, data?: ModelData): Sums {
    this.sync();
    return this.#options.stock.evaluate(batchSize, data);
  }

  logs(sums: Sums): Logs {
    return this.#graph.logs(sums);
  }

  sync(): void {
    this.#current.sync();
  }

  end(): void {
    this.#options.stock.end();
    this.#graph.end();
  }

  get #current(): StepRunner {
    return this.changed === undefined ? this.#graph : this.#options.stock;
  }

  /** Goes on with stock tfjs if the step is not what it was. */
  #lookAfter(): void {
    const reason = this.#change();
    if (reason === undefined) return;
    const { clipping } = this.#options;
    if (clipping !== undefined) {
      throw cannotRecord(`${reason}, and stock tfjs, which would go on, has no ${clipping.kind}`);
    }
    this.#graph.sync();
    this.changed = reason;
  }

  #change(): string | undefined {
    try {
      const { key } = recordStep(this.#recorded, 0, this.#whole.samples);
      return key === this.#whole.key
        ? undefined
        : "the recorded step is not what it was when training began";
    } catch (problem) {
      if (problem instanceof CannotCompileError) return problem.message;
      throw problem;
    }
  }
}

/** What is told are means over a batch, whatever metrics they are of. */
function planOf(model: tf.LayersModel, names: readonly string[]): ProgramPlan {
  const { optimizer } = model;
  const told = names.slice(1);
  const optimizerEmitter = optimizerEmitterOf(optimizer);
  return { model, optimizer, optimizerEmitter, losses: told, lossNames: told, metrics: [] };
}

function sizeOf({ inputs }: ModelData): number {
  return inputs[0]?.shape[0] as number;
}

/** Compares the graph of a recorded step with the step itself, on the last samples. */
function differenceOf(
  { backend, model, trainBatch, data }: RecordedModel,
  { samples }: Trace,
  program: ReturnType<typeof tracedCheck>,
): string | undefined {
  const batch = tf.tidy(() => rowsOf(data, sizeOf(data) - samples, samples));
  const step = () => {
    const { told, gradients } = tf.tidy(() => {
      const { told, gradients } = stepWithoutUpdate(model, trainBatch, batch, (run) => run());
      return { told: [...told], gradients: { ...gradients } };
    });
    tf.dispose(told.slice(1));
    const names = trainedWeights(model).map((weight) => (weight.read() as tf.Variable).name);
    return { total: told[0] as tf.Tensor, gradients: names.map((name) => gradients[name]) };
  };
  try {
    return stepDifference(backend, { model, program, data: batch, step });
  } finally {
    tf.dispose(batch);
  }
}

/** What TensorFlow says of a graph that it can't run, a mere Error, as the reason for another way. */
function refused(problem: unknown): unknown {
  const isFromBinding = problem instanceof Error && problem.name === "Error";
  return isFromBinding ? cannotRecord(`TensorFlow refuses it: ${problem.message}`) : problem;
}
