import { DType } from "../graph/dtype";
import { Graph, type Value } from "../graph/graph";
import { type Batch, dataPlaceholders } from "./batch";
import { Hyperparameters } from "./hyperparameters";
import { NODES } from "./nodes";
import type { ProgramOptions, ProgramPlan } from "./plan";
import { GraphVariables } from "./variables";
import { addWeights, type GraphWeight, trainedWeights } from "./weight-values";

/** The parts that all passes of a graph share: weights, data, numbers. */
export class ProgramParts<Plan extends ProgramPlan = ProgramPlan> {
  readonly graph = new Graph();
  readonly variables = new GraphVariables(this.graph);
  readonly hyperparameters = new Hyperparameters(this.graph);
  readonly weights: readonly GraphWeight[];
  /** In the order of trainedWeights. */
  readonly trained: readonly GraphWeight[];
  readonly data: Batch;
  /** See LayerCall.random. */
  readonly seed: Value;

  constructor(
    readonly plan: Plan,
    options: Pick<ProgramOptions, "targetShapes" | "isWeighted">,
  ) {
    const { model } = plan;
    this.weights = addWeights(model, this.variables);
    const known = new Map(this.weights.map((weight) => [weight.weight, weight]));
    this.trained = trainedWeights(model).map((weight) => known.get(weight) as GraphWeight);
    this.data = dataPlaceholders(this.graph, model, options.targetShapes, options.isWeighted);
    this.seed = this.int(NODES.seed);
  }

  /** A whole number that is fed. */
  int(name: string): Value {
    return this.graph.placeholder(name, DType.int32, []);
  }
}
