import { InputError } from "./errors";
import type { Label } from "./inputs";
import { showLabel, showLabels } from "./label-codes";

/**
 * Returns the place of the positive label among `labels`, or -1 where it is known but doesn't
 * occur. Without `positive` it is `1` among {0, 1} or {-1, 1}, and `true` among booleans; any other
 * labels need a choice, because both answers look plausible and only one is meant (as in
 * scikit-learn, `pos_label`).
 *
 * @throws InputError `unknown-label` where no choice was made but one is needed, or where
 *   `positive` is not among two or more labels
 */
export function positiveCode(labels: readonly Label[], positive: Label | undefined): number {
  const chosen = positive ?? usualPositive(labels);
  if (chosen === undefined) {
    throw new InputError(
      "unknown-label",
      `positive: expected the label that counts as positive, got none, and the labels are ` +
        `${showLabels(labels)}. Pass { positive: ${showLabel(labels[labels.length - 1])} }, say.`,
      { labels },
    );
  }
  const code = labels.indexOf(chosen);
  // One label alone may well be the negative one: a sample without any positives.
  const plausible = labels.length < 2 && typeof chosen === typeof labels[0];
  if (code >= 0 || plausible) return code;
  throw new InputError(
    "unknown-label",
    `positive: ${showLabel(chosen)} (${typeof chosen}) does not occur; the labels are ` +
      `${showLabels(labels)} (${typeof labels[0]}).`,
    { positive: chosen, labels },
  );
}

function usualPositive(labels: readonly Label[]): Label | undefined {
  if (typeof labels[0] === "boolean") return true;
  const usual = [
    [0, 1],
    [-1, 1],
  ].some((pair) => labels.every((label) => pair.includes(label as number)));
  return usual ? 1 : undefined;
}
