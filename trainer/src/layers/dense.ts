import type { Value } from "../graph/graph";
import { addBias, matMul } from "../ops/linear";
import { reshape } from "../ops/shape";
import { activate } from "./activation";
import type { LayerEmitter } from "./layer-emitter";

/** The layer Dense: the last axis times the kernel, for inputs of any rank. */
export const dense: LayerEmitter = (call, [input]) => {
  const { tape } = call;
  const x = input as Value;
  const kernel = call.weight("kernel");
  const [size, units] = kernel.shape as readonly [number, number];
  const rows = x.shape.length === 2 ? x : reshape(tape, x, [null, size]);
  const product = matMul(tape, rows, kernel);
  const sum = call.hasWeight("bias") ? addBias(tape, product, call.weight("bias")) : product;
  const shaped = rows === x ? sum : reshape(tape, sum, [...x.shape.slice(0, -1), units]);
  return activate(call, shaped);
};
