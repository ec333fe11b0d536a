/** One pass over a batch: predictions, losses, gradients. */
import type { Value } from "../graph/graph";
import { Tape } from "../graph/tape";
import type { Batch } from "./batch";
import { forward } from "./forward";
import { NumericChecks } from "./numeric-checks";
import { type Objective, objective } from "./objective";
import { ProgramParts } from "./parts";
import { penalties } from "./penalties";
import type { ProgramOptions, TrainingPlan } from "./plan";
import { WeightValues } from "./weight-values";

/** What a step's update follows from. */
export interface Step {
  readonly objective: Objective;
  readonly values: WeightValues;
  /** For each trained weight; undefined for one without influence. */
  readonly gradients: readonly (Value | undefined)[];
}

/** How a pass is made. */
interface PassOptions {
  readonly training: boolean;
  /** The number of the step; see LayerCall.random. */
  readonly step: Value;
}

/** Writes passes by the emitters of layers, losses and metrics. */
export class PassWriter extends ProgramParts<TrainingPlan> {
  /** What looks for numbers that have gone bad; undefined: nothing. */
  readonly checks: NumericChecks | undefined;

  constructor(plan: TrainingPlan, options: ProgramOptions) {
    super(plan, options);
    this.checks = options.checkNumerics ? new NumericChecks(this.graph) : undefined;
  }

  /** Writes a pass in training over the batch, and back, into the graph's current frame. */
  step(batch: Batch, step: Value): Step {
    const { tape, values, total, objective } = this.#pass(batch, { training: true, step });
    const gradients = tape.gradients(
      [{ value: total, gradient: this.graph.float(1) }],
      this.trained.map(({ weight }) => values.valueOf(weight)),
    );
    return { objective, values, gradients: this.#checkedGradients(gradients, objective, values) };
  }

  /** Writes a pass as `evaluate` has it. */
  evaluation(batch: Batch, step: Value): Objective {
    return this.#pass(batch, { training: false, step }).objective;
  }

  #pass(batch: Batch, { training, step }: PassOptions) {
    const { graph, plan, weights, hyperparameters, seed } = this;
    const tape = new Tape(graph);
    const values = new WeightValues(graph, weights);
    const { checks } = this;
    const context = { tape, training, weights: values, hyperparameters, seed, step, checks };
    const checked = checks === undefined ? batch : this.#checkedBatch(checks, batch);
    const predictions = forward(plan.model, checked.inputs, context);
    // As in stock tfjs, an evaluation tells the losses alone.
    const added = training ? penalties(plan.model, { tape, weights: values, hyperparameters }) : [];
    const found = objective(tape, plan, checked, predictions, added);
    // Gradients go by the total itself, and wait for the check.
    return { tape, values, total: found.total, objective: this.#checkedObjective(found) };
  }

  #checkedBatch(checks: NumericChecks, { inputs, targets, weights }: Batch): Batch {
    const { inputNames, outputNames } = this.plan.model;
    return {
      inputs: inputs.map((value, index) =>
        checks.check(`input/${index}`, `the input ${inputNames[index]}`, value),
      ),
      targets: targets.map((value, index) =>
        checks.check(`target/${index}`, `the target of ${outputNames[index]}`, value),
      ),
      weights: weights?.map((value, index) =>
        checks.check(`weight/${index}`, `the sample weights of ${outputNames[index]}`, value),
      ),
    };
  }

  #checkedObjective(objective: Objective): Objective {
    const { checks } = this;
    if (checks === undefined) return objective;
    return { ...objective, total: checks.check("loss", "the loss", objective.total) };
  }

  /** After the loss, and from the last weight to the first: so bad numbers spread in a pass and back. */
  #checkedGradients(
    gradients: readonly (Value | undefined)[],
    { total }: Objective,
    { assigned }: WeightValues,
  ): readonly (Value | undefined)[] {
    const { checks, graph } = this;
    if (checks === undefined) return gradients;
    let last = total;
    for (const [index, gradient] of [...gradients.entries()].reverse()) {
      if (gradient === undefined) continue;
      const place = `the gradient of ${this.trained[index]?.weight.originalName}`;
      last = checks.check(`gradient/${index}`, place, gradient, [last]);
    }
    // Nothing changes in a step before all of it has been found good.
    const gate = (value: Value) =>
      graph.one("Identity", [value], { T: { type: value.dtype } }, value, { after: [last] });
    for (const [weight, value] of assigned) assigned.set(weight, gate(value));
    return gradients.map((gradient) => gradient && gate(gradient));
  }
}
