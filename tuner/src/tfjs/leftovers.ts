import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { Tf } from "./tensorflow";

/**
 * Disposes all tensors and variables that come into being while a trial runs: a model's weights, an
 * optimizer's state, and what the builder's code forgot.
 */
export class Leftovers {
  readonly #tf: Tf;
  readonly #variables: ReadonlySet<Variable>;

  /** From now on. */
  constructor(tf: Tf) {
    this.#tf = tf;
    this.#variables = new Set(registered(tf));
    tf.engine().startScope("trial");
  }

  /** Until now. */
  dispose(): void {
    this.#tf.engine().endScope();
    for (const variable of registered(this.#tf)) {
      if (!this.#variables.has(variable)) variable.dispose();
    }
  }
}

function registered(tf: Tf): Variable[] {
  const { registeredVariables } = tf.engine().state as {
    readonly registeredVariables: Readonly<Record<string, Tensor>>;
  };
  return Object.values(registeredVariables) as Variable[];
}
