/** The Gaussian error linear unit, exact and approximated. */
import { DType } from "../graph/dtype";
import type { Value } from "../graph/graph";
import type { Tape } from "../graph/tape";
import { binary, unary } from "./arithmetic";

/** Returns x · Φ(x), with Φ the distribution function of the normal distribution. */
export function gelu(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const scaled = binary(graph, "Mul", x, graph.float(Math.SQRT1_2));
  const doubled = binary(graph, "AddV2", unary(graph, "Erf", scaled), graph.float(1));
  const share = binary(graph, "Mul", doubled, graph.float(0.5));
  const y = binary(graph, "Mul", x, share);
  tape.record([x], [y], ([d]) => {
    if (!d) return [];
    const power = unary(graph, "Exp", unary(graph, "Neg", unary(graph, "Square", scaled)));
    const peak = graph.float(1 / Math.sqrt(2 * Math.PI));
    const density = binary(graph, "Mul", power, peak);
    const slope = binary(graph, "AddV2", share, binary(graph, "Mul", x, density));
    return [binary(graph, "Mul", d, slope)];
  });
  return y;
}

/** The same, with Φ(x) = (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. */
export function geluNew(tape: Tape, x: Value): Value {
  const { graph } = tape;
  const linear = Math.sqrt(2 / Math.PI);
  const cubic = linear * 0.044715;
  const square = unary(graph, "Square", x);
  const line = (factor: number) =>
    binary(graph, "AddV2", binary(graph, "Mul", square, graph.float(factor)), graph.float(linear));
  const tanh = unary(graph, "Tanh", binary(graph, "Mul", x, line(cubic)));
  const doubled = binary(graph, "AddV2", tanh, graph.float(1));
  const share = binary(graph, "Mul", doubled, graph.float(0.5));
  const y = binary(graph, "Mul", x, share);
  tape.record([x], [y], ([d]) => {
    if (!d) return [];
    const half = binary(graph, "Mul", binary(graph, "Mul", d, x), graph.float(0.5));
    const inner = graph.one("TanhGrad", [tanh, half], { T: { type: DType.float32 } }, x);
    const byTanh = binary(graph, "Mul", inner, line(3 * cubic));
    return [binary(graph, "AddV2", binary(graph, "Mul", d, share), byTanh)];
  });
  return y;
}
