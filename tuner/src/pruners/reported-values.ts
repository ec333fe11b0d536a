import type { Report, Trial } from "../trials/trial";

/** What a trial reported of a metric at one step: the mean of its executions. */
export interface StepValue {
  readonly step: number;
  readonly value: number;
}

/** Returns a trial's values of a metric in the order of the steps; none if it reported none. */
export function reportedValues(trial: Trial, metric: string): readonly StepValue[] {
  return (trial.metrics.get(metric) ?? []).map(toStepValue);
}

/** Returns the value at just this step, or undefined if there is none. */
export function valueAtStep(trial: Trial, metric: string, step: number): number | undefined {
  const reports = trial.metrics.get(metric) ?? [];
  let [low, high] = [0, reports.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((reports[middle] as Report).step < step) low = middle + 1;
    else high = middle;
  }
  const found = reports[low];
  return found?.step === step ? toStepValue(found).value : undefined;
}

/** Returns the best of some values, NaN ignored; NaN if there is no other. */
export function bestOf(values: readonly number[], direction: "min" | "max"): number {
  const numbers = values.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return Number.NaN;
  const better = direction === "max" ? Math.max : Math.min;
  return numbers.reduce((best, value) => better(best, value));
}

function toStepValue({ step, values }: Report): StepValue {
  return { step, value: values.reduce((sum, value) => sum + value, 0) / values.length };
}
