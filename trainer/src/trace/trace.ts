/** A step of training as a list of TensorFlow's operations. */
import { createHash } from "node:crypto";
import type { Operation, Recorder, Source } from "./recorder";

/** What a step comes to. */
export interface StepResults {
  /** The total, and what is told beside it; shape [] each. */
  readonly told: readonly Source[];
  /** In the order of trainedWeights; undefined for one without influence. */
  readonly gradients: readonly (Source | undefined)[];
  /** What the step itself sets weights to, by their numbers in `distinctWeights`. */
  readonly assigned: ReadonlyMap<number, Source>;
}

/** A recorded step. */
export interface Trace extends StepResults {
  /** How many samples it is for. */
  readonly samples: number;
  /** Those that have a part in the results, in the order in which they ran. */
  readonly operations: readonly Operation[];
  /** Equal for steps that do the same, with the same numbers from JavaScript. */
  readonly key: string;
}

/** Returns what of a recording leads to the results. */
export function traceOf(recorder: Recorder, results: StepResults, samples: number): Trace {
  const { told, gradients, assigned } = results;
  const live = new Set<Operation>();
  const mark = (source: Source | undefined) => {
    if (source?.kind === "output") live.add(source.operation);
  };
  for (const source of [...told, ...gradients, ...assigned.values()]) mark(source);
  for (const operation of recorder.operations.toReversed()) {
    if (live.has(operation)) operation.inputs.forEach(mark);
  }
  const operations = recorder.operations.filter((operation) => live.has(operation));
  return { ...results, samples, operations, key: keyOf(operations, results) };
}

function keyOf(operations: readonly Operation[], { told, gradients, assigned }: StepResults) {
  const hash = createHash("sha256");
  const numbers = new Map(operations.map((operation, index) => [operation, index]));
  const add = (source: Source | undefined) => {
    if (source?.kind === "constant") {
      const { dtype, shape, data } = source.content;
      hash.update(`constant ${dtype} [${shape}] `);
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    } else if (source?.kind === "output") {
      hash.update(`output ${numbers.get(source.operation)}:${source.index} `);
    } else hash.update(`${source?.kind} ${source?.index} `);
  };
  for (const { op, attributes, inputs } of operations) {
    hash.update(`${op} ${JSON.stringify(attributes)} `);
    inputs.forEach(add);
  }
  for (const source of [...told, ...gradients]) add(source);
  for (const [index, source] of assigned) {
    hash.update(`${index} = `);
    add(source);
  }
  return hash.digest("base64");
}
