/**
 * Returns a trial's id as Keras Tuner writes it: the number with as many digits as `maxTrials` has; with
 * four, as "None" has, where there is no such limit.
 */
export function trialId(number: number, maxTrials: number | undefined): string {
  return String(number).padStart(String(maxTrials ?? "None").length, "0");
}
