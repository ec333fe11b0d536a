import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";

/** Numbers that are fed with each run: other ones need no other graph. */
export class Hyperparameters {
  /** What is to be fed, by the name of the placeholder. */
  readonly values = new Map<string, number>();
  readonly #placeholders = new Map<string, Value>();

  constructor(readonly graph: Graph) {}

  /** Returns the number as the graph sees it; the same name is the same number. */
  add(name: string, value: number): Value {
    const placeholder = `number/${name}`;
    const known = this.#placeholders.get(placeholder);
    if (known !== undefined) return known;
    const added = this.graph.placeholder(placeholder, DType.float32, []);
    this.values.set(placeholder, value);
    this.#placeholders.set(placeholder, added);
    return added;
  }
}
