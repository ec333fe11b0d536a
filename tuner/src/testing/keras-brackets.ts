import { type OpenedBracket, openedBrackets } from "../oracles/hyperband";
import {
  type HyperbandSchedule,
  type HyperbandScheduleOptions,
  hyperbandSchedule,
} from "../oracles/hyperband-schedule";
import type { StudyView } from "../oracles/oracle";

/** What Keras Tuner's Hyperband remembers between trials: it tidies up only when it is asked. */
export class KerasBrackets {
  readonly schedule: HyperbandSchedule;
  /** How many it keeps in its list. */
  open = 1;

  constructor(options: HyperbandScheduleOptions) {
    this.schedule = hyperbandSchedule(options);
  }

  /** All that were opened. */
  all(view: StudyView): OpenedBracket[] {
    return openedBrackets(view, this.schedule);
  }

  /** Takes note of one question to the oracle. */
  asked(before: readonly OpenedBracket[], after: readonly OpenedBracket[]): void {
    const full = before.filter(
      ({ bracket, rounds }) => rounds[bracket].length === this.schedule.size(bracket, bracket),
    );
    this.open = after.length - full.length;
  }
}
