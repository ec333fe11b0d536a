import type { Value } from "../graph/graph";
import { activationNamed } from "../ops/activations";
import type { LayerCall, LayerEmitter } from "./layer-emitter";

/** Applies the activation function that the layer's configuration names; none is the identity. */
export function activate(call: LayerCall, x: Value, key = "activation"): Value {
  const name = call.config[key] ?? "linear";
  if (typeof name !== "string") return call.refuse(`its ${key} is not one of tfjs's own`);
  const activation = activationNamed(name);
  if (activation === undefined) return call.refuse(`its ${key} ${name} is not known`);
  return activation(call.tape, x);
}

/** The layer Activation. */
export const activation: LayerEmitter = (call, [x]) => activate(call, x as Value);
