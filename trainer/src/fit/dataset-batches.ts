/** Batches of a dataset, gathered so that one call of a graph trains on several. */
import * as tf from "@tensorflow/tfjs-node";
import { CALL } from "./pace";
import type { ModelData } from "./step-runner";

/** How many bytes are gathered, about, for one call. */
const MOST_BYTES = 2 ** 26;

/** What batches come from: a `tf.data.Dataset`. */
export interface BatchDataset {
  iterator(): Promise<{ next(): Promise<IteratorResult<unknown>> }>;
  /** How many batches there are, where that is known. */
  readonly size?: number | null;
}

/** Batches of one size, the last perhaps smaller, as one table of samples. The taker disposes them. */
export interface Chunk {
  readonly data: ModelData;
  readonly batchSize: number;
  /** How many batches it has. */
  readonly batches: number;
  dispose(): void;
}

/** A batch in the form in which a model takes it, and all tensors that hold it. */
export interface StandardBatch {
  readonly data: ModelData;
  readonly tensors: readonly tf.Tensor[];
}

type Turn = StandardBatch | { readonly problem: unknown } | undefined;

/** Goes through a dataset. As in tfjs, the dataset's tensors are disposed when they have been used. */
export class DatasetBatches {
  #iterator: { next(): Promise<IteratorResult<unknown>> } | undefined;
  /** What was taken, but came too late for a chunk. */
  #waiting: Turn;

  constructor(
    readonly dataset: BatchDataset,
    readonly standardize: (element: unknown) => Promise<StandardBatch>,
  ) {}

  /** Begins with the first batch again. */
  async begin(): Promise<void> {
    this.dispose();
    this.#iterator = await this.dataset.iterator();
  }

  /** Returns the next batch, which stays the next; undefined at the end. */
  async peek(): Promise<StandardBatch | undefined> {
    const turn = await this.#take();
    this.#waiting = turn;
    return batchOf(turn);
  }

  /**
   * Returns up to `most` batches, at least one; undefined at the end. There are fewer where their size changes
   * or the dataset is slow. What goes wrong in the dataset is thrown after the batches before.
   */
  async next(most: number): Promise<Chunk | undefined> {
    const first = batchOf(await this.#take());
    if (first === undefined) return undefined;
    const taken = [first];
    const since = performance.now();
    let bytes = bytesOf(first);
    let isLast = false;
    while (
      !isLast &&
      taken.length < most &&
      bytes < MOST_BYTES &&
      performance.now() - since < CALL
    ) {
      const turn = await this.#take();
      if (turn === undefined) break;
      if ("problem" in turn || !fits(turn, first)) {
        this.#waiting = turn;
        break;
      }
      taken.push(turn);
      bytes += bytesOf(turn);
      isLast = samplesOf(turn) < samplesOf(first);
    }
    return chunkOf(taken);
  }

  /** Frees what nobody has taken. */
  dispose(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined && "tensors" in waiting) tf.dispose([...waiting.tensors]);
  }

  async #take(): Promise<Turn> {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) return waiting;
    try {
      let result = await this.#iterator?.next();
      while (result?.done === false && isMissing(result.value)) {
        result = await this.#iterator?.next();
      }
      return isMissing(result?.value) ? undefined : await this.standardize(result?.value);
    } catch (problem) {
      return { problem };
    }
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function batchOf(turn: Turn): StandardBatch | undefined {
  if (turn !== undefined && "problem" in turn) throw turn.problem;
  return turn;
}

function chunkOf(batches: readonly StandardBatch[]): Chunk {
  const [first] = batches as [StandardBatch];
  const batchSize = samplesOf(first);
  const tensors = batches.flatMap((batch) => batch.tensors);
  if (batches.length === 1) {
    return { data: first.data, batchSize, batches: 1, dispose: () => tf.dispose([...tensors]) };
  }
  const join = (part: keyof ModelData) =>
    first.data[part].map((_, index) =>
      tf.concat(batches.map(({ data }) => data[part][index] as tf.Tensor)),
    );
  const data = {
    inputs: join("inputs"),
    targets: join("targets"),
    sampleWeights: join("sampleWeights"),
  };
  tf.dispose([...tensors]);
  const joined = columns(data);
  return { data, batchSize, batches: batches.length, dispose: () => tf.dispose([...joined]) };
}

/** Whether a batch can follow others in a table: only the last may be smaller. */
function fits(batch: StandardBatch, first: StandardBatch): boolean {
  const ofSample = ({ data }: StandardBatch) =>
    columns(data)
      .map(({ shape }) => shape.slice(1).join())
      .join(";");
  return samplesOf(batch) <= samplesOf(first) && ofSample(batch) === ofSample(first);
}

function samplesOf({ data }: StandardBatch): number {
  return data.inputs[0]?.shape[0] as number;
}

function bytesOf({ data }: StandardBatch): number {
  return columns(data).reduce((sum, { size }) => sum + 4 * size, 0);
}

function columns({ inputs, targets, sampleWeights }: ModelData): readonly tf.Tensor[] {
  return [...inputs, ...targets, ...sampleWeights];
}
