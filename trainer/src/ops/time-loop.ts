/**
 * Loops over the time steps of a sequence. What a step leaves for the next one and for later, its row, is
 * written into one tensor in place: the loop carries nothing but its counter. (A list of tensors would be
 * another variable of the loop, which are four nodes in each turn.)
 */
import type { Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import { loop } from "../graph/loop";
import { binary, compare } from "./arithmetic";
import { joined, listed, parted } from "./pieces";
import { sizeOf } from "./shape";

/** A loop over time. */
export interface TimeLoop {
  readonly name: string;
  /** What the steps read, one row each: [steps, batch, ...]. */
  readonly inputs: Value;
  /** The states with which the first step begins: [batch, width] each. */
  readonly initial: readonly Value[];
  /** How much wider than the states together a row is. */
  readonly extraWidth: number;
  /** Makes the next states and the step's row, which begins with them. */
  readonly step: (input: Value, states: readonly Value[]) => Step;
  /** Whether the last step comes first. */
  readonly backwards: boolean;
}

/** What a step makes. */
interface Step {
  readonly states: readonly Value[];
  /** The states and what else is to be kept: [batch, width]. */
  readonly row: Value;
}

/** How many steps a turn has at most: its own nodes are as many as those of a step; more gain no time. */
const MOST_STEPS = 4;

/**
 * Writes the loop and returns all rows in the order of time, [steps + 1, batch, width]. The row at the
 * beginning (at the end, where the last step comes first) holds the initial states and nothing after them.
 */
export function overTime(graph: Graph, options: TimeLoop): Value {
  const { name, inputs, initial, backwards } = options;
  const known = inputs.shape[0] ?? undefined;
  const steps = sizeOf(graph, inputs, 0);
  const count =
    known === undefined ? binary(graph, "AddV2", steps, graph.int(1)) : graph.int(known + 1);
  const { perTurn, single } = known === undefined ? { perTurn: 1, single: 0 } : turnsOf(known);
  const writer = new RowWriter(graph, options);
  let rows = writer.begin(count, backwards ? steps : graph.int(0));
  if (single > 0) {
    const first = backwards ? (known as number) - single : 1;
    rows = writer.steps(rows, graph.int(first), single, initial);
  }
  if (single === known) return rows;
  const one = graph.int(1);
  const stride = graph.int(perTurn);
  const first = backwards
    ? known === undefined
      ? binary(graph, "Sub", steps, one)
      : graph.int(known - single - perTurn)
    : graph.int(1 + single);
  const begun = rows;
  // The counter is the number of the first row that a turn writes.
  const [end] = loop(graph, {
    name,
    initial: [first],
    condition: ([row]) =>
      backwards
        ? compare(graph, "GreaterEqual", row as Value, graph.int(0))
        : compare(graph, "Less", row as Value, count),
    body: ([row]) => {
      const written = writer.steps(begun, row as Value, perTurn);
      const type = { T: { type: DType.int32 } };
      const op = backwards ? "Sub" : "AddV2";
      return [graph.one(op, [row as Value, stride], type, stride, { after: [written] })];
    },
  });
  const type = { T: { type: DType.float32 } };
  return graph.one("Identity", [begun], type, begun, { after: [end as Value] });
}

/** How many steps a turn has, and how many are done before the loop so that nothing is left over. */
function turnsOf(steps: number): { perTurn: number; single: number } {
  if (steps <= MOST_STEPS) return { perTurn: 1, single: steps };
  let best = { perTurn: MOST_STEPS, single: steps % MOST_STEPS };
  for (let perTurn = MOST_STEPS - 1; perTurn > MOST_STEPS / 2; perTurn--) {
    if (steps % perTurn < best.single) best = { perTurn, single: steps % perTurn };
  }
  return best;
}

class RowWriter {
  readonly #widths: number[];

  constructor(
    readonly graph: Graph,
    readonly options: TimeLoop,
  ) {
    this.#widths = options.initial.map(({ shape }) => shape[1] as number);
  }

  /** The tensor of `count` rows, with the initial states as row `index`. */
  begin(count: Value, index: Value): Value {
    const { graph } = this;
    const { inputs, initial, extraWidth } = this.options;
    const width = this.#widths.reduce((sum, one) => sum + one, extraWidth);
    const batch = inputs.shape[1] ?? null;
    const sizes = listed(graph, [count, batch ?? sizeOf(graph, inputs, 1), width]);
    const attributes = { dtype: { type: DType.float32 }, init: { bool: false } };
    const shape = [inputs.shape[0] == null ? null : inputs.shape[0] + 1, batch, width];
    const empty = graph.one("Empty", [sizes], attributes, { dtype: DType.float32, shape });
    // What stands after the states is never read, but has to have its place.
    const filler = graph.one(
      "Fill",
      [listed(graph, [batch ?? sizeOf(graph, inputs, 1), extraWidth]), graph.float(0)],
      { T: { type: DType.float32 }, index_type: { type: DType.int32 } },
      { dtype: DType.float32, shape: [batch, extraWidth] },
    );
    const states = extraWidth === 0 ? initial : [...initial, filler];
    const row = states.length === 1 ? (states[0] as Value) : joined(graph, states, 1);
    return this.#write(empty, this.#numbers(index, 1), [row]);
  }

  /** Does `count` steps, the first of which (in the order of time) writes row `first`. */
  steps(rows: Value, first: Value, count: number, given?: readonly Value[]): Value {
    const { graph } = this;
    const { inputs, backwards, step } = this.options;
    const numbers = this.#numbers(first, count);
    const shift = graph.int(1);
    const before = binary(
      graph,
      backwards ? "AddV2" : "Sub",
      first,
      backwards ? graph.int(count) : shift,
    );
    let states = given ?? this.#states(rows, before);
    const read = backwards ? numbers : this.#numbers(before, count);
    const parts = unpacked(graph, rowAt(graph, inputs, read), count);
    const made: Value[] = [];
    for (let place = 0; place < count; place++) {
      const index = backwards ? count - 1 - place : place;
      const { states: next, row } = step(parts[index] as Value, states);
      states = next;
      made[index] = row;
    }
    return this.#write(rows, numbers, made);
  }

  #states(rows: Value, index: Value): Value[] {
    const { extraWidth } = this.options;
    const widths = extraWidth === 0 ? this.#widths : [...this.#widths, extraWidth];
    return parted(this.graph, rowAt(this.graph, rows, index), widths, 1).slice(
      0,
      this.#widths.length,
    );
  }

  /** `first` and the numbers that follow it. */
  #numbers(first: Value, count: number): Value {
    const offsets = this.graph.ints(Array.from({ length: count }, (_, index) => index));
    return binary(this.graph, "AddV2", first, offsets);
  }

  /** Writes rows in place. The value is the same tensor, once they are written. */
  #write(rows: Value, numbers: Value, made: readonly Value[]): Value {
    const { graph } = this;
    const [first] = made as readonly [Value];
    const type = { T: { type: first.dtype } };
    const pack = { N: { int: made.length }, ...type, axis: { int: 0 } };
    const output = { dtype: first.dtype, shape: [made.length, ...first.shape] };
    const packed = graph.one("Pack", made, pack, output);
    return graph.one("InplaceUpdate", [rows, numbers, packed], type, rows);
  }
}

/** The row of a tensor with this number, or the rows with these. */
export function rowAt(graph: Graph, rows: Value, index: Value): Value {
  const attributes = {
    Tparams: { type: rows.dtype },
    Tindices: { type: DType.int32 },
    Taxis: { type: DType.int32 },
    batch_dims: { int: 0 },
  };
  const shape: Shape = [...index.shape, ...rows.shape.slice(1)];
  return graph.one("GatherV2", [rows, index, graph.int(0)], attributes, {
    dtype: rows.dtype,
    shape,
  });
}

/** The part of rows of time that begins at a row and a column. */
export function partOf(
  graph: Graph,
  rows: Value,
  from: { readonly row: number; readonly column: number },
  size: { readonly rows: Value | number; readonly columns: number },
): Value {
  const { dtype, shape } = rows;
  const begin = graph.ints([from.row, 0, from.column]);
  const sizes = listed(graph, [size.rows, -1, size.columns]);
  const known = typeof size.rows === "number" ? size.rows : null;
  const attributes = { T: { type: dtype }, Index: { type: DType.int32 } };
  const output = { dtype, shape: [known, shape[1] ?? null, size.columns] };
  return graph.one("Slice", [rows, begin, sizes], attributes, output);
}

function unpacked(graph: Graph, rows: Value, count: number): Value[] {
  const { dtype, shape } = rows;
  const attributes = { num: { int: count }, T: { type: dtype }, axis: { int: 0 } };
  const output = { dtype, shape: shape.slice(1) };
  return graph.node("Unpack", [rows], attributes, Array<typeof output>(count).fill(output));
}
