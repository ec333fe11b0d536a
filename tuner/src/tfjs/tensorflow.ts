/** The way to TensorFlow.js, loaded when a model needs it: the rest of the tuner works without it. */
import type * as TensorFlow from "@tensorflow/tfjs";
import { DefinitionError } from "../errors";

/** TensorFlow.js, as `import * as tf` gives it. */
export type Tf = typeof TensorFlow;

/** Returns TensorFlow.js. Throws DefinitionError `no-tensorflow` where it is not installed. */
export async function loadTensorFlow(): Promise<Tf> {
  try {
    return await import("@tensorflow/tfjs");
  } catch (error) {
    throw new DefinitionError(
      "no-tensorflow",
      "Models are searched with TensorFlow.js, which could not be loaded " +
        `(${error instanceof Error ? error.message : error}). Install @tensorflow/tfjs-node or ` +
        "@tensorflow/tfjs; a search over any other function needs neither.",
    );
  }
}
