import type { LayersModel } from "@tensorflow/tfjs";
import {
  isBetter,
  type Objective,
  rankingObjective,
  withCombinedObjective,
} from "../trials/objective";
import { captureTensor, type ModelState } from "./model-state";

/** Keeps the weights of the epoch with the best score so far; of equal ones the first. */
export class BestEpoch {
  readonly #objectives: readonly Objective[];
  #score: number | undefined;
  #state: ModelState | undefined;

  constructor(objectives: readonly Objective[]) {
    this.#objectives = objectives;
  }

  /** The weights, without the optimizer's state; undefined before an epoch with a score. */
  get state(): ModelState | undefined {
    return this.#state;
  }

  /** An epoch has ended with these metrics. */
  consider(metrics: Readonly<Record<string, number>>, model: LayersModel): void {
    const { name, direction } = rankingObjective(this.#objectives);
    const score = withCombinedObjective(this.#objectives, metrics)[name];
    if (score === undefined || Number.isNaN(score)) return;
    if (this.#score !== undefined && !isBetter(direction, score, this.#score)) return;
    this.#score = score;
    this.#state = { weights: model.getWeights().map(captureTensor), optimizer: {} };
  }
}
