import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import { binary, unary } from "../ops/arithmetic";
import { read } from "../program/variables";
import type { OptimizerEmitter } from "./optimizer-emitter";
import { keptState, numbersOf } from "./optimizer-state";
import { resourceUpdate } from "./resource-update";

/** tfjs adds what its backend calls epsilon, and has no option for it; Keras's default is the same. */
const EPSILON = 1e-7;

/**
 * Adagrad: a += g², w -= rate · g / √(a + ε). TensorFlow's own kernels add ε to the root, or not at all,
 * so the step is composed.
 */
export const adagrad: OptimizerEmitter = {
  ...keptState((optimizer) => {
    const { initialAccumulatorValue: initial } = numbersOf(optimizer, "initialAccumulatorValue");
    return [{ name: "accumulator", field: "accumulatedGrads", initial }];
  }),
  numbers: () => ({}),
  rate: (_optimizer, learningRate) => learningRate,
  update(_optimizer, call) {
    const { graph, gradient, rate } = call;
    const [sum] = call.slots as [Value];
    const square = unary(graph, "Square", gradient);
    const type = { dtype: { type: DType.float32 } };
    const added = graph.action("AssignAddVariableOp", [sum, square], type);
    const value = read(graph, sum, gradient.shape, [added]);
    const root = unary(graph, "Sqrt", binary(graph, "AddV2", value, graph.float(EPSILON)));
    const step = binary(graph, "RealDiv", gradient, root);
    return resourceUpdate(call, "ResourceApplyGradientDescent", [rate, step]);
  },
};
