import { afterAll, onTestFinished, TestRunner } from "vitest";

/**
 * Has `tidy` called when the test that runs now is over; outside of a test, when all those of the
 * file or the group around are. The last one registered comes first.
 */
export function afterwards(tidy: () => void): void {
  if (TestRunner.getCurrentTest() === undefined) afterAll(tidy);
  else onTestFinished(tidy);
}
