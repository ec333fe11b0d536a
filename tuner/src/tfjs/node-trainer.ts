/** The way to `@headroom/trainer`, which is optional, and of use with the native TensorFlow only. */
import type { History, LayersModel, Tensor } from "@tensorflow/tfjs";
import type { Tf } from "./tensorflow";
import type { Trainer, TrainerOptions } from "./trainer";

/** What is used of the package. Not its own types: this package does without it, too. */
interface TrainerPackage {
  compile(model: LayersModel): {
    fit(x: Tensor | Tensor[], y: Tensor | Tensor[], options: TrainerOptions): Promise<History>;
  };
}

/** Not where it is imported: then the compiler would want the package. */
const PACKAGE: string = "@headroom/trainer";

/** Returns the trainer; undefined where it is not installed, or another backend computes. */
export async function loadTrainer(tf: Tf): Promise<Trainer | undefined> {
  // It would load tfjs-node, which makes itself the backend.
  if (tf.getBackend() !== "tensorflow") return undefined;
  try {
    const { compile } = (await import(PACKAGE)) as TrainerPackage;
    return { fit: (model, { x, y }, options) => compile(model).fit(x, y, options) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
