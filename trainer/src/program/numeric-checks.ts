/** Checks for numbers that have gone bad, each with a name for what it looks at. */
import { NumericsError, type NumericsMoment } from "../errors";
import { DType } from "../graph/dtype";
import type { Graph, Value } from "../graph/graph";
import type { Tape } from "../graph/tape";

/** The checks of a graph. They stop a run at the first NaN or infinite number. */
export class NumericChecks {
  /**
   * What is checked, as the user knows it, by the mark that TensorFlow's error has. Names are not in the
   * graph: equal models have equal graphs.
   */
  readonly places = new Map<string, string>();

  constructor(readonly graph: Graph) {}

  /** Returns the value, once it has been checked, and after other nodes of its frame. */
  check(mark: string, place: string, value: Value, after: readonly Value[] = []): Value {
    if (value.dtype !== DType.float32) return value;
    this.places.set(mark, place);
    const attributes = { T: { type: DType.float32 }, message: { string: `numerics <${mark}>` } };
    return this.graph.one("CheckNumerics", [value], attributes, value, { after });
  }

  /** The same for what gradients go through: what comes out of a layer. */
  checkOutput(tape: Tape, mark: string, place: string, value: Value): Value {
    const through = (given: Value) => {
      const checked = this.check(mark, place, given);
      if (checked !== given) tape.record([given], [checked], (gradients) => gradients);
      return checked;
    };
    const logits = tape.logitsOf(value);
    const checked = through(value);
    // A loss that goes by the logits does not look at the value.
    if (logits !== undefined) {
      tape.noteLogits(checked, { ...logits, logits: through(logits.logits) });
    }
    return checked;
  }
}

/** Returns what a failed run means where a check has ended it, and otherwise what it failed with. */
export function explainFailure(
  problem: unknown,
  places: ReadonlyMap<string, string>,
  moment: NumericsMoment,
): unknown {
  const text = problem instanceof Error ? problem.message : "";
  const [, mark = "", found = ""] = /numerics <(.+?)> : Tensor had (.+?) values/.exec(text) ?? [];
  const place = places.get(mark);
  return place === undefined ? problem : new NumericsError(place, found, moment);
}
