/** Reverse-mode differentiation of what has been written into a graph. */
import { DType } from "./dtype";
import type { Graph, Value } from "./graph";

/** How the gradients of an operation's inputs follow from those of its outputs. */
export type GradientRule = (
  /** For each output; undefined where nothing depends on it. */
  outputs: readonly (Value | undefined)[],
  /** For each input, whether its gradient is of use. */
  needed: readonly boolean[],
) => readonly (Value | undefined)[];

interface Entry {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly rule: GradientRule;
}

/** What an activation function was applied to: losses are exact from there. */
export interface Logits {
  readonly activation: "softmax" | "sigmoid";
  readonly logits: Value;
}

/** Remembers the differentiable operations of one forward pass. */
export class Tape {
  readonly #entries: Entry[] = [];
  readonly #logits = new Map<string, Logits>();

  constructor(readonly graph: Graph) {}

  /** To be called for each operation, in the order of the forward pass. */
  record(inputs: readonly Value[], outputs: readonly Value[], rule: GradientRule): void {
    this.#entries.push({ inputs, outputs, rule });
  }

  /** Remembers of what `value` is the softmax or the logistic function. */
  noteLogits(value: Value, logits: Logits): void {
    this.#logits.set(value.key, logits);
  }

  /** What `value` is the softmax or the logistic function of; undefined where it is neither. */
  logitsOf(value: Value): Logits | undefined {
    return this.#logits.get(value.key);
  }

  /**
   * Writes the gradients of `targets` by each of `sources`, given those of the targets; undefined for
   * a source on which no target depends.
   */
  gradients(
    targets: readonly { readonly value: Value; readonly gradient: Value }[],
    sources: readonly Value[],
  ): (Value | undefined)[] {
    const useful = this.#dependents(sources);
    const found = new Map<string, Value[]>();
    for (const { value, gradient } of targets) append(found, value.key, gradient);
    for (const { inputs, outputs, rule } of this.#entries.toReversed()) {
      const needed = inputs.map((input) => useful.has(input.key));
      if (!needed.includes(true)) continue;
      const given = outputs.map((output) => this.#sum(found, output));
      if (given.every((gradient) => gradient === undefined)) continue;
      const results = rule(given, needed);
      inputs.forEach((input, index) => {
        const gradient = results[index];
        if (gradient !== undefined && needed[index]) append(found, input.key, gradient);
      });
    }
    return sources.map((source) => this.#sum(found, source));
  }

  /** All values that depend on the sources, and these. */
  #dependents(sources: readonly Value[]): Set<string> {
    const keys = new Set(sources.map(({ key }) => key));
    for (const { inputs, outputs } of this.#entries) {
      if (!inputs.some(({ key }) => keys.has(key))) continue;
      for (const { key, dtype } of outputs) if (dtype === DType.float32) keys.add(key);
    }
    return keys;
  }

  #sum(found: Map<string, Value[]>, { key, shape, dtype }: Value): Value | undefined {
    const gradients = found.get(key);
    if (gradients === undefined || gradients.length < 2) return gradients?.[0];
    const attributes = { T: { type: dtype }, N: { int: gradients.length } };
    const sum = this.graph.one("AddN", gradients, attributes, { dtype, shape });
    found.set(key, [sum]);
    return sum;
  }
}

function append(found: Map<string, Value[]>, key: string, gradient: Value): void {
  const others = found.get(key);
  if (others === undefined) found.set(key, [gradient]);
  else others.push(gradient);
}
