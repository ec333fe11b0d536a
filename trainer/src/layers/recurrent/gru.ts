import type { Graph, Value } from "../../graph/graph";
import { binary } from "../../ops/arithmetic";
import { product } from "../../ops/linear";
import { joined, listed, parted, zeros } from "../../ops/pieces";
import type { StepFunction } from "../../ops/step-functions";
import { overTime, partOf, rowAt } from "../../ops/time-loop";
import type { LayerEmitter } from "../layer-emitter";
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
interface GruLoop {
  /** The input's part of the gates: [steps, batch, 3 units], in the order z, r, h. */
  readonly inputs: Value;
  /** The recurrent kernel's columns for z and r, and those for the candidate. */
  readonly gateKernel: Value;
  readonly candidateKernel: Value;
  readonly initial: Value;
  readonly mask: Value | undefined;
  readonly sizes: CellSizes;
  readonly activation: StepFunction;
  readonly gate: StepFunction;
}

/**
 * The cell of GRU (the reset gate before the product, as tfjs has it) over a whole sequence, time first:
 * the outputs of all steps and the last one.
 */
export const gruCell: LayerEmitter = (call, [sequence, given]) => {
  const { tape, graph } = call;
  if (call.config.resetAfter) call.refuse("resetAfter");
  const activation = functionOf(call, "activation");
  const gate = functionOf(call, "recurrentActivation");
  const x = droppedInput(call, sequence as Value);
  const sizes = cellSizes(call, x);
  const { steps, units } = sizes;
  const weights = cellWeights(call, [gate, gate, activation]);
  const { recurrent } = weights;
  const kernels = parted(graph, recurrent, [2 * units, units], 1);
  const [gateKernel, candidateKernel] = kernels as [Value, Value];
  const inputs = projected(tape, x, weights);
  const initial = initialState(call, sizes, given);
  const mask = recurrentMask(call, sizes);
  const parts = { inputs, gateKernel, candidateKernel, initial, mask, sizes, activation, gate };
  const rows = forwards(graph, parts, call.training);
  const outputs = partOf(graph, rows, { row: 1, column: 0 }, { rows: steps, columns: units });
  const last = lastState(graph, outputs, sizes);
  tape.record([inputs, recurrent, initial], [outputs, last], ([dOutputs, dLast]) =>
    backwards(graph, parts, rows, outputGradients(graph, dOutputs, dLast, sizes)),
  );
  return [outputs, last];
};

/** A row is h and, where there will be gradients, what the gates' functions were applied to. */
function forwards(graph: Graph, parts: GruLoop, training: boolean): Value {
  const { inputs, gateKernel, candidateKernel, mask, activation, gate, sizes } = parts;
  const { units } = sizes;
  return overTime(graph, {
    name: "gru",
    inputs,
    initial: [parts.initial],
    extraWidth: training ? 3 * units : 0,
    backwards: false,
    step(input, [before]) {
      const h =
        mask === undefined ? (before as Value) : binary(graph, "Mul", before as Value, mask);
      const [gateInput, candidateInput] = parted(graph, input, [2 * units, units], 1);
      const gates = binary(graph, "AddV2", gateInput as Value, product(graph, h, gateKernel));
      const open = parted(graph, gate.apply(graph, gates), [units, units], 1);
      const [z, r] = open as [Value, Value];
      const reset = product(graph, binary(graph, "Mul", r, h), candidateKernel);
      const sum = binary(graph, "AddV2", candidateInput as Value, reset);
      const candidate = activation.apply(graph, sum);
      const kept = binary(graph, "Mul", z, binary(graph, "Sub", h, candidate));
      const next = binary(graph, "AddV2", candidate, kept);
      return { states: [next], row: training ? joined(graph, [next, gates, sum], 1) : next };
    },
  });
}

/** Returns the gradients of the gates' input, of the recurrent kernel and of the first state. */
function backwards(graph: Graph, parts: GruLoop, rows: Value, given: Value): Value[] {
  const { gateKernel, candidateKernel, mask, sizes, activation, gate } = parts;
  const { steps, batch, units } = sizes;
  const times = (a: Value, b: Value) => binary(graph, "Mul", a, b);
  const masked = (value: Value) => (mask === undefined ? value : times(value, mask));
  const slice = (row: number, column: number, columns: number) =>
    partOf(graph, rows, { row, column }, { rows: steps, columns });
  const h = masked(slice(0, 0, units));
  const gates = slice(1, units, 2 * units);
  const opened = gate.apply(graph, gates);
  const [z, r] = parted(graph, opened, [units, units], 2) as [Value, Value];
  const slopes = parted(graph, gate.derivative(graph, gates, opened), [units, units], 2);
  const [zSlope, rSlope] = slopes as [Value, Value];
  const sum = slice(1, 3 * units, units);
  const candidate = activation.apply(graph, sum);
  const slope = activation.derivative(graph, sum, candidate);
  const rest = binary(graph, "Sub", graph.float(1), z);
  // What dh is multiplied with for z, for the candidate and for the state before, then what the
  // gradient of r · h is multiplied with for r and for the state before.
  const factors = joined(
    graph,
    [
      times(binary(graph, "Sub", h, candidate), zSlope),
      times(rest, slope),
      z,
      times(h, rSlope),
      r,
      given,
    ],
    2,
  );
  const none = zeros(graph, listed(graph, [batch, units]), [sizeIf(batch), units]);
  const found = overTime(graph, {
    name: "gru_gradient",
    inputs: factors,
    initial: [none],
    extraWidth: 3 * units,
    backwards: true,
    step(input, [carried]) {
      const [outer, inner, own] = parted(graph, input, [3 * units, 2 * units, units], 1);
      const dh = binary(graph, "AddV2", carried as Value, own as Value);
      const direct = times(joined(graph, [dh, dh, dh], 1), outer as Value);
      const [dz, dSum, kept] = parted(graph, direct, [units, units, units], 1) as [
        Value,
        Value,
        Value,
      ];
      const dReset = product(graph, dSum, candidateKernel, { b: true });
      const through = times(joined(graph, [dReset, dReset], 1), inner as Value);
      const [dr, passed] = parted(graph, through, [units, units], 1) as [Value, Value];
      const dGates = joined(graph, [dz, dr], 1);
      const fromGates = product(graph, dGates, gateKernel, { b: true });
      const sumOf = { T: { type: dh.dtype }, N: { int: 3 } };
      const before = masked(graph.one("AddN", [kept, passed, fromGates], sumOf, dh));
      return { states: [before], row: joined(graph, [before, dGates, dSum], 1) };
    },
  });
  const dInputs = partOf(
    graph,
    found,
    { row: 0, column: units },
    { rows: steps, columns: 3 * units },
  );
  const [dGates, dSums] = parted(graph, dInputs, [2 * units, units], 2) as [Value, Value];
  const dGateKernel = matrixGradient(graph, h, dGates);
  const dCandidateKernel = matrixGradient(graph, times(r, h), dSums);
  const first = parted(graph, rowAt(graph, found, graph.int(0)), [units, 3 * units], 1);
  return [dInputs, joined(graph, [dGateKernel, dCandidateKernel], 1), first[0] as Value];
}
