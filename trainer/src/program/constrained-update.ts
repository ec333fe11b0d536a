import { constraintEmitterOf } from "../constraints/registry";
import { CannotCompileError } from "../errors";
import type { Graph, Value } from "../graph/graph";
import type { Hyperparameters } from "./hyperparameters";
import { assign, read } from "./variables";
import type { GraphWeight } from "./weight-values";

/**
 * Writes what a weight's constraint does after the weight's update, and returns the node after which the
 * weight is as the next step finds it: `updated` itself where there is no constraint. So does Keras; stock
 * tfjs forgets constraints in training. Throws a CannotCompileError for one that is not tfjs's own.
 */
export function constrainedUpdate(
  graph: Graph,
  hyperparameters: Hyperparameters,
  { weight, variable }: GraphWeight,
  updated: Value,
): Value {
  const { constraint } = weight;
  if (!constraint) return updated;
  const emit = constraintEmitterOf(constraint);
  if (emit === undefined) {
    const reason = "its constraint is not one of tfjs's own";
    throw new CannotCompileError(`the weight ${weight.originalName}`, reason);
  }
  const { handle, name, shape } = variable;
  const call = {
    graph,
    weight: read(graph, handle, shape, [updated]),
    number: (key: string, value: number) => hyperparameters.add(`constraint/${name}/${key}`, value),
  };
  return assign(graph, handle, emit(call, constraint));
}
