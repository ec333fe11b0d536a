import type { LayersModel, LayerVariable } from "@tensorflow/tfjs-node";
import { CannotCompileError } from "../errors";
import type { Layer } from "../layers/layer-emitter";
import { weightNamed } from "../program/weight-values";
import { allLayers } from "./all-layers";
import { type L1L2, l1l2Of } from "./l1-l2";

/** A weight whose size is penalised. */
export interface RegularizedWeight {
  /** Tells it from others: the number of the layer and the weight's name, not the layer's name. */
  readonly place: string;
  readonly weight: LayerVariable;
  readonly regularizer: L1L2;
}

/** The names of the weights that layers' regularisers are for. */
const WEIGHTS: Readonly<Record<string, string>> = {
  alphaRegularizer: "alpha",
  betaRegularizer: "beta",
  biasRegularizer: "bias",
  depthwiseRegularizer: "depthwise_kernel",
  embeddingsRegularizer: "embeddings",
  gammaRegularizer: "gamma",
  kernelRegularizer: "kernel",
  pointwiseRegularizer: "pointwise_kernel",
  recurrentRegularizer: "recurrent_kernel",
};

/**
 * Returns all weights of a model that have a regulariser, those of nested models, wrapped layers and
 * cells too. Each counts once, as in Keras; stock tfjs passes over cells, and counts a layer once for each
 * use. Throws a CannotCompileError for a regulariser that is not tfjs's own.
 */
export function regularizedWeights(model: LayersModel): RegularizedWeight[] {
  return allLayers(model).flatMap((layer, number) =>
    Object.entries(layer).flatMap(([key, regularizer]) => {
      // The activity is no weight: the forward pass refuses it.
      if (!key.endsWith("Regularizer") || !regularizer || key === "activityRegularizer") return [];
      const name = WEIGHTS[key];
      if (name === undefined) throw new CannotCompileError(placeOf(layer), `it has a ${key}`);
      const weight = weightNamed(layer, name);
      // A layer without bias may have been given a regulariser of it.
      if (weight === undefined) return [];
      const known = l1l2Of(regularizer as object, placeOf(layer));
      return [{ place: `${number}/${name}`, weight, regularizer: known }];
    }),
  );
}

function placeOf(layer: Layer): string {
  return `layer ${layer.name} (${layer.getClassName()})`;
}
