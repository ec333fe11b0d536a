import { gridSearch } from "../oracles/grid-search";
import { hyperband } from "../oracles/hyperband";
import type { HyperbandScheduleOptions } from "../oracles/hyperband-schedule";
import type { Oracle } from "../oracles/oracle";
import { randomSearch } from "../oracles/random-search";
import type { TranscriptCase } from "./transcript";

/**
 * Returns our oracle for a case of Keras Tuner's.
 *
 * @throws Error for an oracle that isn't random, grid or Hyperband.
 */
export function oracleOf(recorded: TranscriptCase): Oracle {
  const { oracle, options, seed } = recorded;
  const maxTrials =
    options.max_trials === undefined ? {} : { maxTrials: Number(options.max_trials) };
  const schedule = scheduleOf(recorded);
  if (schedule !== undefined) {
    return hyperband({ ...schedule, seed });
  }
  switch (oracle) {
    case "RandomSearchOracle":
      return randomSearch({ maxTrials: 10, ...maxTrials, seed });
    case "GridSearchOracle":
      return gridSearch({ ...maxTrials, seed });
    default:
      throw new Error(`no oracle for ${oracle}`);
  }
}

/** Returns the schedule's options if the case is one of Hyperband. */
export function scheduleOf({
  oracle,
  options,
}: TranscriptCase): HyperbandScheduleOptions | undefined {
  return oracle === "HyperbandOracle"
    ? {
        maxEpochs: Number(options.max_epochs ?? 100),
        factor: Number(options.factor ?? 3),
        iterations: Number(options.hyperband_iterations ?? 1),
      }
    : undefined;
}
