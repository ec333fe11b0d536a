import { InputError } from "./errors";

/**
 * @throws InputError unless `value` is a whole number of at least `minimum` and at most `maximum`
 */
export function requireCount(
  name: string,
  value: number,
  minimum: number,
  maximum: number = Number.MAX_SAFE_INTEGER,
): void {
  if (!Number.isSafeInteger(value)) {
    throw new InputError(
      "wrong-type",
      `${name}: expected a whole number, got ${String(value)}. Round it first.`,
      { name, value },
    );
  }
  if (value < minimum || value > maximum) {
    const range =
      maximum === Number.MAX_SAFE_INTEGER
        ? `of at least ${minimum}`
        : `from ${minimum} to ${maximum}`;
    throw new InputError(
      "out-of-range",
      `${name}: expected a whole number ${range}, got ${value}.`,
      {
        name,
        value,
        minimum,
        maximum,
      },
    );
  }
}

/**
 * Guards the unit of this library: a share, rate or accuracy is a proportion, 0 to 1.
 *
 * @throws InputError `out-of-range` for per cents and negative values, `not-finite` for NaN
 */
export function requireProportion(name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new InputError(
      "not-finite",
      `${name}: expected a proportion from 0 to 1, got ${String(value)}. ` +
        "Fill it in, or look for the step that made it.",
      { name, value },
    );
  }
  const cure =
    value > 1
      ? "Is it in per cent? Divide by 100: 60 % is 0.6."
      : "A proportion is never negative.";
  throw new InputError(
    "out-of-range",
    `${name}: expected a proportion from 0 to 1, got ${value}. ${cure}`,
    { name, value },
  );
}

/** @throws InputError unless `level` lies strictly between 0 and 1 */
export function requireLevel(level: number): void {
  if (level > 0 && level < 1) return;
  throw new InputError(
    "out-of-range",
    `level: expected a confidence level between 0 and 1, got ${String(level)}. ` +
      "Write 95 % as 0.95.",
    { level },
  );
}
