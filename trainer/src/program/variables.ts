import type { Shape } from "../graph/attribute";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";

/** A variable of the graph: a weight, or what an optimizer keeps for one. */
export interface GraphVariable {
  readonly name: string;
  readonly shape: readonly number[];
  /** What operations on the variable take. */
  readonly handle: Value;
}

/** Names of what is fed to and fetched from the graph's variables. */
export const VARIABLE_NODES = {
  /** Fed with the value that a variable begins with. */
  initial: (name: string) => `initial/${name}`,
  /** Fetched, it sets all variables. */
  initialized: "initialized",
  /** Fetched, it is the variable's value. */
  value: (name: string) => `value/${name}`,
} as const;

/** The variables of a graph. */
export class GraphVariables {
  readonly all: GraphVariable[] = [];
  readonly #assignments: Value[] = [];

  constructor(readonly graph: Graph) {}

  /** Adds a float32 variable that is fed at the beginning. */
  add(name: string, shape: readonly number[]): GraphVariable {
    const { graph } = this;
    return graph.outside(() => {
      const attributes = {
        container: { string: "" },
        shared_name: { string: name },
        dtype: { type: DType.float32 },
        shape: { shape },
      };
      const output = { dtype: DType.resource, shape };
      const handle = graph.one("VarHandleOp", [], attributes, output, { name });
      const initial = graph.placeholder(VARIABLE_NODES.initial(name), DType.float32, shape);
      // A tensor made of a JavaScript array may share its memory: TensorFlow would free it on a thread
      // where that can't be done.
      const own = graph.one("DeepCopy", [initial], { T: { type: DType.float32 } }, initial);
      this.#assignments.push(assign(graph, handle, own));
      read(graph, handle, shape, [], VARIABLE_NODES.value(name));
      const variable = { name, shape, handle };
      this.all.push(variable);
      return variable;
    });
  }

  /** To be called once, when there are no more to come. */
  finish(): void {
    const { graph } = this;
    graph.outside(() => {
      const name = VARIABLE_NODES.initialized;
      const options = { name, after: this.#assignments };
      graph.one("Identity", [graph.int(1)], { T: { type: DType.int32 } }, INT, options);
    });
  }
}

const INT = { dtype: DType.int32, shape: [] };

/** Sets a variable. */
export function assign(
  graph: Graph,
  handle: Value,
  value: Value,
  after: readonly Value[] = [],
): Value {
  const attributes = { dtype: { type: DType.float32 }, validate_shape: { bool: true } };
  return graph.action("AssignVariableOp", [handle, value], attributes, { after });
}

/** The variable's value at the time when `after` has run. */
export function read(
  graph: Graph,
  handle: Value,
  shape: Shape,
  after: readonly Value[],
  name?: string,
): Value {
  const attributes = { dtype: { type: DType.float32 } };
  const output = { dtype: DType.float32, shape };
  const options = name === undefined ? { after } : { after, name };
  return graph.one("ReadVariableOp", [handle], attributes, output, options);
}
