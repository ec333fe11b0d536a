import type { LayersModel } from "@tensorflow/tfjs-node";
import type { Layer } from "../layers/layer-emitter";

/** What layers of tfjs consist of, which their declarations leave out. */
interface Parts {
  /** Of a nested model. */
  readonly layers?: readonly Layer[];
  /** Of a wrapper. */
  readonly layer?: Layer;
  /** Of a wrapper that goes in two directions; its `layer` is only what these were made from. */
  readonly forwardLayer?: Layer;
  readonly backwardLayer?: Layer;
  /** Of a recurrent layer. */
  readonly cell?: Layer;
  readonly cells?: readonly Layer[];
}

/** Returns each layer of a model once, with nested models, wrapped layers and cells, in a fixed order. */
export function allLayers(model: LayersModel): Layer[] {
  const found = new Set<Layer>();
  const visit = (layer: Layer | undefined) => {
    if (layer === undefined || found.has(layer)) return;
    found.add(layer);
    const parts = layer as unknown as Parts;
    const { layers, layer: inner, forwardLayer, backwardLayer, cell, cells } = parts;
    layers?.forEach(visit);
    if (forwardLayer === undefined) visit(inner);
    for (const part of [forwardLayer, backwardLayer, cell]) visit(part);
    cells?.forEach(visit);
  };
  visit(model);
  return [...found];
}
