import { DefinitionError } from "../errors";

/** @throws DefinitionError unless the value is a whole number of at least `least`. */
export function requireWhole(owner: string, name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new DefinitionError(
      "out-of-range",
      `${owner}: expected ${name} to be a whole number of at least ${least}, got ${value}`,
      { name, value },
    );
  }
}
