/** Layers that are activation functions with options of their own. */
import type { Value } from "../graph/graph";
import { elu, leakyRelu, relu, relu6, select, softmax } from "../ops/activations";
import { binary, compare, minimum, unary, unbroadcast } from "../ops/arithmetic";
import type { LayerEmitter } from "./layer-emitter";

/** The layer ReLU: max(x, 0), at most `maxValue`. */
export const reluLayer: LayerEmitter = ({ tape, config, refuse, hyperparameter }, [input]) => {
  const x = input as Value;
  const most = config.maxValue;
  if (most === null || most === undefined) return relu(tape, x);
  if (typeof most !== "number" || !(most >= 0)) return refuse(`maxValue ${most}`);
  if (most === 6) return relu6(tape, x);
  return minimum(tape, relu(tape, x), hyperparameter("maxValue", most));
};

/** The layer LeakyReLU. */
export const leakyReluLayer: LayerEmitter = ({ tape, config }, [x]) =>
  leakyRelu(tape, x as Value, config.alpha as number);

/** The layer ELU; tfjs knows no other alpha than 1. */
export const eluLayer: LayerEmitter = ({ tape }, [x]) => elu(tape, x as Value);

/** The layer PReLU: x where it is positive, otherwise its learned alpha times x. */
export const prelu: LayerEmitter = ({ tape, graph, weight }, [input]) => {
  const x = input as Value;
  const alpha = weight("alpha");
  // Arithmetic is faster than a choice by truth values.
  const negative = binary(graph, "Minimum", x, graph.float(0));
  const y = binary(graph, "AddV2", unary(graph, "Relu", x), binary(graph, "Mul", negative, alpha));
  tape.record([x, alpha], [y], ([d], needed) => {
    if (!d) return [];
    const byX = () => {
      const right = graph.one("ReluGrad", [d, x], { T: { type: x.dtype } }, x);
      const left = binary(graph, "Mul", binary(graph, "Sub", d, right), alpha);
      return binary(graph, "AddV2", right, left);
    };
    return [
      needed[0] ? byX() : undefined,
      needed[1] ? unbroadcast(graph, binary(graph, "Mul", d, negative), alpha) : undefined,
    ];
  });
  return y;
};

/** The layer ThresholdedReLU: x where it is greater than theta, otherwise 0. */
export const thresholdedRelu: LayerEmitter = (call, [input]) => {
  const { tape, graph } = call;
  const x = input as Value;
  const theta = call.hyperparameter("theta", call.config.theta as number);
  const isAbove = compare(graph, "Greater", x, theta);
  const zero = graph.float(0);
  const y = select(graph, isAbove, x, zero);
  tape.record([x], [y], ([d]) => [d && select(graph, isAbove, d, zero)]);
  return y;
};

/** The layer Softmax, over one axis or several; tfjs itself takes one only if it is the last. */
export const softmaxLayer: LayerEmitter = ({ tape, config, refuse }, [input]) => {
  const x = input as Value;
  const rank = x.shape.length;
  const axes = [config.axis as number | number[]]
    .flat()
    .map((axis) => (axis < 0 ? axis + rank : axis));
  if (new Set(axes).size < axes.length || !axes.every((axis) => axis > 0 && axis < rank)) {
    return refuse(`axis ${config.axis} for an input of rank ${rank}`);
  }
  return softmax(tape, x, axes);
};
