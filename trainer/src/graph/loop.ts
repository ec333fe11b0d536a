/**
 * Loops as TensorFlow's flat control flow: Enter, Merge, LoopCond, Switch, NextIteration, Exit. Unlike
 * functional loops they need no function library, and any node in them can stay where it is.
 */
import { DType } from "./dtype";
import type { Frame, Graph, Value } from "./graph";

/** What a loop does. */
export interface LoopOptions {
  readonly name: string;
  /** What the loop changes, as it is before the first turn; the first must be ready early: turns begin with it. */
  readonly initial: readonly Value[];
  /** Whether there is another turn: a truth value of shape []. */
  readonly condition: (variables: readonly Value[]) => Value;
  /**
   * What the variables are after a turn, in the same order. The turn has ended when they are there:
   * what else must have happened belongs into `after` of one of them.
   */
  readonly body: (variables: readonly Value[]) => readonly Value[];
}

/** Writes a loop into the graph's current frame and returns what its variables are at the end. */
export function loop(graph: Graph, options: LoopOptions): Value[] {
  const { initial, condition, body } = options;
  const outer = graph.frame;
  const frame: Frame = {
    name: graph.freshName(options.name),
    parent: outer,
    pivot: undefined,
    entered: new Map(),
  };
  const entered = initial.map((value) => graph.enter(lifted(graph, value), frame, false));
  graph.frame = frame;
  const next = initial.map(() => graph.freshName(`${options.name}_next`));
  const merged = entered.map((value, index) => {
    // The input that closes the circle is written last, so it is known by its name only.
    const back = { ...value, key: next[index] as string };
    return graph.one("Merge", [value, back], { T: { type: value.dtype }, N: { int: 2 } }, value);
  });
  const goesOn = graph.one("LoopCond", [condition(merged)], {}, { dtype: DType.bool, shape: [] });
  const exits: Value[] = [];
  const inside = merged.map((value) => {
    const type = { T: { type: value.dtype } };
    const [leaves, stays] = graph.node("Switch", [value, goesOn], type, [value, value]);
    exits.push(leaves as Value);
    return graph.one("Identity", [stays as Value], type, value);
  });
  frame.pivot = inside[0];
  const results = body(inside);
  if (results.length !== initial.length) {
    throw new Error(
      `the loop ${options.name} has ${initial.length} variables, its body returned ${results.length}`,
    );
  }
  results.forEach((value, index) => {
    const name = next[index] as string;
    graph.one("NextIteration", [value], { T: { type: value.dtype } }, value, { name });
  });
  const left = exits.map((value) => {
    const exit = graph.one("Exit", [value], { T: { type: value.dtype } }, value);
    return { ...exit, frame: outer };
  });
  graph.frame = outer;
  return left;
}

/** The value as a node of the current frame, which only nodes can enter. */
function lifted(graph: Graph, value: Value): Value {
  if (value.frame === graph.frame) return value;
  return graph.one("Identity", [value], { T: { type: value.dtype } }, value);
}
