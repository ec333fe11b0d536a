import type { Graph, Value } from "../../graph/graph";
import { binary } from "../../ops/arithmetic";
import { product } from "../../ops/linear";
import { joined, listed, parted, zeros } from "../../ops/pieces";
import { shapeOf } from "../../ops/shape";
import type { StepFunction } from "../../ops/step-functions";
import { overTime, partOf, rowAt } from "../../ops/time-loop";
import type { LayerEmitter } from "../layer-emitter";
import { blockLstm, isSmall } from "./block-lstm";
import {
  type CellSizes,
  cellSizes,
  cellWeights,
  droppedInput,
  functionOf,
  initialState,
  lastState,
  matrixGradient,
  outputGradients,
  projected,
  recurrentMask,
  sizeIf,
} from "./cell";

/** What the loops of a sequence stand on. */
interface LstmLoop {
  /** The input's part of the gates: [steps, batch, 4 units], in the order i, f, c, o. */
  readonly gates: Value;
  readonly recurrent: Value;
  readonly h: Value;
  readonly c: Value;
  readonly mask: Value | undefined;
  readonly sizes: CellSizes;
  readonly activation: StepFunction;
  readonly gate: StepFunction;
}

/**
 * The cell of LSTM over a whole sequence, time first: returns the outputs of all steps and the two states
 * at the end.
 */
export const lstmCell: LayerEmitter = (call, [sequence, givenH, givenC]) => {
  const { tape, graph } = call;
  const activation = functionOf(call, "activation");
  const gate = functionOf(call, "recurrentActivation");
  const x = droppedInput(call, sequence as Value);
  const sizes = cellSizes(call, x);
  const weights = cellWeights(call, [gate, gate, activation, gate]);
  const h = initialState(call, sizes, givenH);
  const c = initialState(call, sizes, givenC);
  const mask = recurrentMask(call, sizes);
  const { activation: inner, recurrentActivation: outer } = call.config;
  if (inner === "tanh" && outer === "sigmoid" && mask === undefined && isSmall(weights)) {
    return blockLstm(tape, x, [h, c], weights, sizes);
  }
  const { recurrent } = weights;
  const gates = projected(tape, x, weights);
  const parts = { gates, recurrent, h, c, mask, sizes, activation, gate };
  const rows = forwards(graph, parts, call.training);
  const { steps, units } = sizes;
  const outputs = partOf(graph, rows, { row: 1, column: 0 }, { rows: steps, columns: units });
  const cells = partOf(graph, rows, { row: 1, column: units }, { rows: steps, columns: units });
  const results = [outputs, lastState(graph, outputs, sizes), lastState(graph, cells, sizes)];
  tape.record([gates, recurrent, h, c], results, ([dOutputs, dH, dC]) => {
    const given = outputGradients(graph, dOutputs, dH, sizes);
    return backwards(graph, parts, rows, given, dC ?? zeros(graph, shapeOf(graph, c), c.shape));
  });
  return results;
};

/** A row is h and c and, where there will be gradients, what the gates' functions were applied to. */
function forwards(graph: Graph, parts: LstmLoop, training: boolean): Value {
  const { gates, recurrent, mask, activation, gate, sizes } = parts;
  const { units } = sizes;
  return overTime(graph, {
    name: "lstm",
    inputs: gates,
    initial: [parts.h, parts.c],
    extraWidth: training ? 4 * units : 0,
    backwards: false,
    step(input, states) {
      const [h, c] = states as readonly [Value, Value];
      const kept = mask === undefined ? h : binary(graph, "Mul", h, mask);
      const sum = binary(graph, "AddV2", input, product(graph, kept, recurrent));
      const [zi, zf, zc, zo] = parted(graph, sum, fourTimes(units), 1) as [
        Value,
        Value,
        Value,
        Value,
      ];
      const forgotten = binary(graph, "Mul", gate.apply(graph, zf), c);
      const learned = binary(graph, "Mul", gate.apply(graph, zi), activation.apply(graph, zc));
      const nextC = binary(graph, "AddV2", forgotten, learned);
      const nextH = binary(graph, "Mul", gate.apply(graph, zo), activation.apply(graph, nextC));
      const next = [nextH, nextC];
      return { states: next, row: joined(graph, training ? [...next, sum] : next, 1) };
    },
  });
}

/** Returns the gradients of the gates' input, of the recurrent kernel and of both states. */
function backwards(
  graph: Graph,
  { recurrent, mask, sizes, activation, gate }: LstmLoop,
  rows: Value,
  given: Value,
  dC: Value,
): Value[] {
  const { steps, units } = sizes;
  const times = (a: Value, b: Value) => binary(graph, "Mul", a, b);
  const slice = (row: number, column: number, columns: number) =>
    partOf(graph, rows, { row, column }, { rows: steps, columns });
  const [beforeH, beforeC, c] = [
    slice(0, 0, units),
    slice(0, units, units),
    slice(1, units, units),
  ];
  const z = parted(graph, slice(1, 2 * units, 4 * units), fourTimes(units), 2);
  const [zi, zf, zc, zo] = z as [Value, Value, Value, Value];
  const known = (fn: StepFunction, x: Value) => {
    const y = fn.apply(graph, x);
    return { y, slope: fn.derivative(graph, x, y) };
  };
  const [i, f, o] = [known(gate, zi), known(gate, zf), known(gate, zo)];
  const [candidate, out] = [known(activation, zc), known(activation, c)];
  // For each step what dc, dc, dc, dh and dc are multiplied with for the gates and for the state before.
  const factors = joined(
    graph,
    [
      times(candidate.y, i.slope),
      times(beforeC, f.slope),
      times(i.y, candidate.slope),
      times(out.y, o.slope),
      f.y,
      times(o.y, out.slope),
      given,
    ],
    2,
  );
  const stateGradient = (dz: Value) => {
    const d = product(graph, dz, recurrent, { b: true });
    return mask === undefined ? d : times(d, mask);
  };
  const width = 4 * units;
  const none = zeros(graph, listed(graph, [sizes.batch, width]), [sizeIf(sizes.batch), width]);
  const found = overTime(graph, {
    name: "lstm_gradient",
    inputs: factors,
    initial: [none, dC],
    extraWidth: 0,
    backwards: true,
    step(input, after) {
      const [dz, carried] = after as readonly [Value, Value];
      const [gateFactors, outFactor, own] = parted(graph, input, [5 * units, units, units], 1);
      const dh = binary(graph, "AddV2", stateGradient(dz), own as Value);
      const dc = binary(graph, "AddV2", carried, times(dh, outFactor as Value));
      const row = times(joined(graph, [dc, dc, dc, dh, dc], 1), gateFactors as Value);
      return { states: parted(graph, row, [width, units], 1), row };
    },
  });
  const dGates = partOf(graph, found, { row: 0, column: 0 }, { rows: steps, columns: 4 * units });
  const first = rowAt(graph, found, graph.int(0));
  const [dFirst, dBeforeC] = parted(graph, first, [4 * units, units], 1) as [Value, Value];
  const kept = mask === undefined ? beforeH : times(beforeH, mask);
  return [dGates, matrixGradient(graph, kept, dGates), stateGradient(dFirst), dBeforeC];
}

function fourTimes(units: number): number[] {
  return [units, units, units, units];
}
