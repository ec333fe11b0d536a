/** Why a training can't be compiled; stock `fit` does it then, unless compiling was demanded. */
export class CannotCompileError extends Error {
  override readonly name = "CannotCompileError";
  readonly code = "CANNOT_COMPILE";

  constructor(
    /** The part that can't be compiled, as the user knows it: `layer embedding_1 (Embedding)`. */
    readonly part: string,
    /** What about it. */
    readonly reason: string,
  ) {
    super(`${part} can't be compiled: ${reason}`);
  }
}

/** An argument that can't be; the message says what was expected and how to cure it. */
export class TrainingArgumentError extends Error {
  override readonly name = "TrainingArgumentError";
  readonly code = "TRAINING_ARGUMENT";
}

/** When numbers went bad; epochs and batches are counted as for callbacks, from 0. */
export interface NumericsMoment {
  /** Undefined: in a first look at the data, before anything was trained. */
  readonly epoch: number | undefined;
  /** Undefined in a validation. */
  readonly batch: number | undefined;
}

/** A NaN or an infinite number, found by `checkNumerics`. The model has the weights of before that batch. */
export class NumericsError extends Error {
  override readonly name = "NumericsError";
  readonly code = "NUMERICS";

  constructor(
    /** What had it: `the output of layer dense_1 (Dense)`, `the loss`, `the gradient of dense_1/kernel`. */
    readonly place: string,
    /** What it was: `NaN`, `Inf`, or both. */
    readonly found: string,
    readonly moment: NumericsMoment,
  ) {
    super(
      `${place} has ${found} ${whenAndWhat(moment)}. What may help: a look for missing or huge values in the ` +
        "data, inputs scaled to about 1, a smaller learning rate, clipping (globalClipNorm: 1), and no " +
        "logarithm, root or division where 0 or a negative number can come",
    );
  }
}

function whenAndWhat({ epoch, batch }: NumericsMoment): string {
  if (epoch === undefined) return "for the first samples; nothing has been trained";
  if (batch === undefined) {
    return `in the validation of epoch ${epoch}; the model has the weights of the end of that epoch`;
  }
  return `in epoch ${epoch}, batch ${batch} (from 0); the model has the weights of before that batch`;
}
