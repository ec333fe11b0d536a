import { SearchError } from "../errors";
import type { Trial } from "../trials/trial";

/**
 * Checks that not too many trials failed in a row.
 *
 * @param ended in the order in which they ended
 * @throws SearchError where the last `limit` ones failed
 */
export function requireFewFailures(ended: readonly Trial[], limit: number): void {
  const failures = ended.length - 1 - ended.findLastIndex(({ status }) => status !== "FAILED");
  if (failures >= limit) {
    const message = ended.at(-1)?.message;
    throw new SearchError(
      "too-many-failures",
      `${failures} trials failed in a row, the limit is ${limit}` +
        (message === undefined ? "" : `; the last one: ${message}`),
      { failures, limit, message },
    );
  }
}
