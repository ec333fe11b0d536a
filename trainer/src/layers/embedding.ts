import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import { cast } from "../ops/arithmetic";
import { lookUp } from "../ops/joining";
import type { LayerEmitter } from "./layer-emitter";

/** The layer Embedding: the rows of its table whose numbers the input holds. */
export const embedding: LayerEmitter = (call, [input]) => {
  if (call.config.maskZero) call.refuse("it masks: maskZero is set");
  const rows = cast(call.graph, input as Value, DType.int32);
  return lookUp(call.tape, call.weight("embeddings"), rows);
};
