import { isDeepStrictEqual } from "node:util";

/** Collects what is not as it should be. */
export class Differences {
  readonly found: string[] = [];

  /** Compares a value to the last bit; NaN equals itself, and the order of keys counts. */
  expect(what: string, ours: unknown, theirs: unknown): void {
    const same = isDeepStrictEqual(ours, theirs) && JSON.stringify(ours) === JSON.stringify(theirs);
    if (!same) {
      this.found.push(
        `${what}: ours ${JSON.stringify(ours)}, the reference's ${JSON.stringify(theirs)}`,
      );
    }
  }
}
