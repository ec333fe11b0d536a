import { createRequire } from "node:module";
import type * as TensorFlow from "@tensorflow/tfjs";
import { HeadroomError } from "./errors";

/** TensorFlow.js, as `import * as tf` gives it. */
export type Tf = typeof TensorFlow;

/**
 * Returns TensorFlow.js, loaded at the first call: metrics, tables and figures work without it, and
 * need not wait the second that it takes. It is the instance that `@tensorflow/tfjs-node` extends, so
 * models and tensors of the two mix.
 *
 * @throws HeadroomError `missing-package` where it is not installed
 */
export function tensorflow(): Tf {
  try {
    return createRequire(__filename)("@tensorflow/tfjs");
  } catch (error) {
    throw new HeadroomError(
      "missing-package",
      "Models are trained with TensorFlow.js, which could not be loaded " +
        `(${error instanceof Error ? error.message.split("\n")[0] : error}). ` +
        "Install @tensorflow/tfjs-node or @tensorflow/tfjs.",
    );
  }
}
