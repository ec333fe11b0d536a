/** Trains with a compiled graph. */
import type { LayersModel, Tensor } from "@tensorflow/tfjs-node";
import { type NumericsMoment, TrainingArgumentError } from "../errors";
import { learningRateOf } from "../optimizers/learning-rate";
import { DATA } from "../program/batch";
import { NODES } from "../program/nodes";
import { explainFailure } from "../program/numeric-checks";
import type { ProgramPlan } from "../program/plan";
import type { TrainingProgram } from "../program/training-program";
import { VARIABLE_NODES } from "../program/variables";
import { trainedWeights } from "../program/weight-values";
import type { NodeBackend } from "../session/backend";
import type { Feed, Feeds } from "../session/graph-session";
import { type BorrowedSession, borrowSession } from "../session/session-cache";
import { optimizerSteps } from "./optimizer-steps";
import {
  type EpochBatches,
  type Logs,
  type ModelData,
  type StepRunner,
  type Sums,
  total,
} from "./step-runner";

/** What a graph is run with. */
export interface GraphRunnerOptions {
  readonly backend: NodeBackend;
  readonly plan: ProgramPlan;
  readonly program: TrainingProgram;
  readonly data: ModelData;
  readonly validation: ModelData | undefined;
  readonly seed: number;
  /** The learning rate of a step, from 0; undefined: the optimizer's own. */
  readonly schedule?: ((step: number) => number) | undefined;
}

/** Returns a runner whose graph has the model's weights and the optimizer's state. */
export class GraphRunner implements StepRunner {
  readonly names: readonly string[];
  readonly #options: GraphRunnerOptions;
  readonly #borrowed: BorrowedSession;
  readonly #data: Feeds;
  readonly #numbers: Feeds;
  /** How many steps the optimizer has taken. */
  #steps: number;
  #epoch:
    | { readonly batches: EpochBatches; readonly firstStep: number; readonly feeds: Feeds }
    | undefined;
  #isChanged = false;

  constructor(options: GraphRunnerOptions) {
    const { backend, plan, program, data, seed } = options;
    this.#options = options;
    this.names = ["loss", ...plan.lossNames, ...plan.metrics.map(({ name }) => name)];
    this.#numbers = {
      ...Object.fromEntries([...program.numbers].map(([name, value]) => [name, float(value)])),
      [NODES.seed]: int(seed % 2 ** 31),
    };
    this.#data = dataFeeds(data);
    this.#steps = optimizerSteps(plan.optimizer);
    this.#borrowed = borrowSession(backend, program.nodes);
    try {
      this.#borrowed.session.numbers(this.#initialFeeds(), [VARIABLE_NODES.initialized]);
    } catch (problem) {
      this.#borrowed.release();
      throw problem;
    }
  }

  /** Tells equal graphs. */
  get key(): string {
    return this.#borrowed.key;
  }

  train(batches: EpochBatches, begin: number, end: number): readonly Sums[] {
    if (this.#epoch?.batches !== batches) this.#epoch = this.#begin(batches);
    const { firstStep, feeds } = this.#epoch;
    this.#isChanged = true;
    const run = (from: number, to: number, node: string) => {
      const all = { ...this.#numbers, ...feeds, ...range(from, to) };
      return from === to ? [] : this.#sums(all, node, to - from);
    };
    const { remainder, places } = this.#options.program;
    if (places !== undefined) {
      const sums: Sums[] = [];
      // One by one: an error is to tell its batch.
      for (let batch = begin; batch < end; batch++) {
        const moment = { epoch: batches.epoch, batch: (batches.firstBatch ?? 0) + batch };
        sums.push(...this.#explained(moment, () => run(batch, batch + 1, NODES.trained)));
        this.#steps = firstStep + batch + 1;
      }
      return sums;
    }
    const isLast = end * batches.batchSize > batches.order.length;
    const whole = remainder !== undefined && isLast ? end - 1 : end;
    const sums = run(begin, whole, NODES.trained);
    const rest = remainder === undefined ? [] : run(whole, end, remainder);
    this.#steps = firstStep + end;
    return [...sums, ...rest];
  }

  evaluate(batchSize: number, data = this.#options.validation): Sums {
    if (data === undefined) throw new Error("there are no validation data");
    const samples = data.inputs[0]?.shape[0] as number;
    const order = Int32Array.from({ length: samples }, (_, index) => index);
    const count = Math.ceil(samples / batchSize);
    const all = {
      ...dataFeeds(data),
      ...this.#numbers,
      [NODES.order]: { shape: [samples], data: order },
      [NODES.batchSize]: int(batchSize),
      [NODES.steps]: int(0),
      ...range(0, count),
    };
    const moment = { epoch: this.#epoch?.batches.epoch, batch: undefined };
    return total(this.#explained(moment, () => this.#sums(all, NODES.evaluated, count)));
  }

  logs({ samples, values }: Sums): Logs {
    const { losses, lossNames, metrics } = this.#options.plan;
    const logs: Record<string, number> = { loss: (values[0] as number) / samples };
    lossNames.forEach((name, index) => {
      logs[name] = (values[1 + index] as number) / samples;
    });
    let place = 1 + losses.length;
    for (const { name, emitter } of metrics) {
      logs[name] = emitter.result(values.slice(place, place + emitter.size));
      place += emitter.size;
    }
    return logs;
  }

  sync(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const { plan, program } = this.#options;
    const { session } = this.#borrowed;
    const slots = program.slots.flat();
    const names = [
      ...program.weights.map(({ variable }) => variable.name),
      ...slots.map(({ name }) => name),
    ];
    const values = session.tensors({}, names.map(VARIABLE_NODES.value));
    program.weights.forEach(({ weight }, index) => {
      const value = values[index] as Tensor;
      // Not `write`, which would apply constraints again.
      (weight.read() as unknown as Assignable).assign(value);
      value.dispose();
    });
    const trained = trainedWeights(plan.model);
    let next = program.weights.length;
    const state = program.slots.map((variables, index) => {
      const own = values.slice(next, next + variables.length);
      next += variables.length;
      return { name: (trained[index] as NamedWeight).name, slots: own };
    });
    plan.optimizerEmitter.write(plan.optimizer, state, this.#steps);
  }

  end(): void {
    this.#borrowed.release();
  }

  /** Feeds that all calls of an epoch share. */
  #begin(batches: EpochBatches) {
    const { order, batchSize } = batches;
    const { plan, schedule } = this.#options;
    const { optimizer, optimizerEmitter } = plan;
    const firstStep = this.#steps;
    const own = learningRateOf(optimizer);
    const rates = Float32Array.from({ length: Math.ceil(order.length / batchSize) }, (_, batch) => {
      const step = firstStep + batch;
      return optimizerEmitter.rate(optimizer, schedule?.(step) ?? own, step + 1);
    });
    const feeds: Feeds = {
      ...(batches.data === undefined ? this.#data : dataFeeds(batches.data)),
      [NODES.order]: { shape: [order.length], data: order },
      [NODES.batchSize]: int(batchSize),
      [NODES.rates]: { shape: [rates.length], data: rates },
      [NODES.steps]: int(firstStep),
    };
    return { batches, firstStep, feeds };
  }

  /** Turns what a check has found into the error that tells it. */
  #explained<T>(moment: NumericsMoment, run: () => T): T {
    const { places } = this.#options.program;
    try {
      return run();
    } catch (problem) {
      throw places === undefined ? problem : explainFailure(problem, places, moment);
    }
  }

  /** The sums of each of `batches` batches. */
  #sums(feeds: Feeds, node: string, batches: number): Sums[] {
    const [rows] = this.#borrowed.session.numbers(feeds, [node]) as [Float32Array];
    const width = rows.length / batches;
    return Array.from({ length: batches }, (_, batch) => {
      const [samples = 0, ...values] = rows.subarray(batch * width, (batch + 1) * width);
      return { samples, values };
    });
  }

  #initialFeeds(): Feeds {
    const { plan, program } = this.#options;
    const { optimizer, optimizerEmitter } = plan;
    const feeds: Record<string, Feed> = {};
    for (const { weight, variable } of program.weights) {
      feeds[VARIABLE_NODES.initial(variable.name)] = weight.read();
    }
    const kinds = optimizerEmitter.slots(optimizer);
    program.slots.forEach((variables, index) => {
      const kept = optimizerEmitter.read(optimizer, index);
      variables.forEach(({ name, shape }, slot) => {
        const size = shape.reduce((product, axis) => product * axis, 1);
        const fresh = () => new Float32Array(size).fill(kinds[slot]?.initial ?? 0);
        const state = kept?.[slot];
        if (state !== undefined && String(state.shape) !== String(shape)) {
          throw new TrainingArgumentError(
            `fit: the optimizer has trained another model, with a weight of shape [${state.shape}] where ` +
              `this one has [${shape}]. Give each model an optimizer of its own in model.compile`,
          );
        }
        feeds[VARIABLE_NODES.initial(name)] = state ?? { shape: [...shape], data: fresh() };
      });
    });
    return feeds;
  }
}

/** The tensor of a weight, which is a variable in fact. */
interface Assignable {
  assign(value: Tensor): void;
}

type NamedWeight = LayersModel["weights"][number];

function dataFeeds({ inputs, targets, sampleWeights }: ModelData): Feeds {
  return {
    ...named(DATA.input, inputs),
    ...named(DATA.target, targets),
    ...named(DATA.weight, sampleWeights),
  };
}

function named(name: (index: number) => string, tensors: readonly Tensor[]): Feeds {
  return Object.fromEntries(tensors.map((tensor, index) => [name(index), tensor]));
}

function range(begin: number, end: number): Feeds {
  return { [NODES.begin]: int(begin), [NODES.end]: int(end) };
}

function int(value: number): Feed {
  return { shape: [], data: Int32Array.of(value) };
}

function float(value: number): Feed {
  return { shape: [], data: Float32Array.of(value) };
}
