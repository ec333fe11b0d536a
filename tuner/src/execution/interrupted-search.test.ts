import { expect, test } from "vitest";
import { randomSearch } from "../oracles/random-search";
import type { HyperParameters } from "../search-space/hyperparameters";
import { Tuner } from "../tuner";
import type { TrialContext } from "./function-trial";

/** As a notebook's kernel throws it where an interrupted cell was waiting. */
class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

test.each([{}, { deterministic: true }])(
  "an interrupt inside a trial's own code breaks the search off, and is no fault of the trial (%o)",
  async (options) => {
    let interrupts = 0;
    const make = (interruptedAt: string | undefined) =>
      new Tuner({
        async run(hp: HyperParameters, { id, report }: TrialContext) {
          await report({ loss: hp.float("x", { min: 0, max: 1 }) }, 0);
          if (id === interruptedAt && interrupts++ === 0) throw new InterruptedError("interrupted");
        },
        oracle: randomSearch({ maxTrials: 6, seed: 3 }),
        objective: "loss",
        progress: false,
      });
    const whole = make(undefined);
    await whole.search(options);
    const tuner = make("3");
    expect((await tuner.search(options)).end).toBe("aborted");
    expect(tuner.study.trials[3]).toMatchObject({ status: "WAITING" });
    expect(await tuner.search(options)).toEqual({ end: "finished", completed: 6 });
    expect(tuner.results.rows.map(({ values, score }) => [values, score])).toEqual(
      whole.results.rows.map(({ values, score }) => [values, score]),
    );
  },
);
