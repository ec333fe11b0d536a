import type { Direction } from "../trials/objective";
import type { Trial } from "../trials/trial";

/** Tells from what a trial has reported whether it is worth going on. No memory, no I/O. */
export interface Pruner {
  /** As `median`. */
  readonly name: string;
  /**
   * Returns why the trial should end now; undefined to let it go on.
   *
   * @param trial a running trial; its last report of the metric is the newest
   * @param others all other trials of the study
   * @param metric the objective's name and direction
   */
  judge(
    trial: Trial,
    others: readonly Trial[],
    metric: { readonly name: string; readonly direction: Direction },
  ): string | undefined;
}
