import { beforeEach } from "vitest";
import { sandboxProblem } from "../sandbox/sandbox-problem";

let problem: Promise<string | undefined> | undefined;

/**
 * For tests that start sandboxes, in a file or a `describe`: where there is none they are skipped and say
 * why; continuous integration is to have one, so there they fail with the cure.
 */
export function needsSandbox(): void {
  beforeEach(async (context) => {
    problem ??= sandboxProblem();
    const found = await problem;
    if (found === undefined) return;
    if (process.env.CI === "true") throw new Error(found);
    context.skip(found);
  });
}
