// @ts-check
// What a stage of the tests says of itself.

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** @returns {Counts} */
export function noCounts() {
  return { passed: 0, failed: 0, skipped: 0 };
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function sumCounts(all) {
  const sum = noCounts();
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/**
 * The counts of a JUnit report, as pytest writes it. A report without a single test is a failure:
 * a run that tested nothing proves nothing.
 * @param {string} xml
 * @returns {Counts}
 */
export function countsOfJUnit(xml) {
  const suite = /<testsuite [^>]*>/.exec(xml)?.[0] ?? "";
  /** @param {string} name */
  const attribute = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = attribute("failures") + attribute("errors");
  const skipped = attribute("skipped");
  const passed = attribute("tests") - failed - skipped;
  return passed + failed > 0 ? { passed, failed, skipped } : { passed: 0, failed: 1, skipped };
}
