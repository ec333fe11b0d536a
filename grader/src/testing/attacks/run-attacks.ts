import { describe, expect, test } from "vitest";
import { FULL, judgeHostile } from "../hostile";
import { needsSandbox } from "../needs-sandbox";
import type { Attack } from "./attack";

/** Files of tests that run at the same time must not share a slot. */
const FIRST_SLOT = 2 * Number(process.env.VITEST_POOL_ID ?? 1);

/** Declares a test for each attack: it earns exactly what it deserves, and the instructor sees why. */
export function runAttacks(about: string, attacks: readonly Attack[]): void {
  describe(about, () => {
    if (attacks.some(({ deserves }) => deserves !== "unreadable")) needsSandbox();
    for (const attack of attacks) testAttack(attack);
  });
}

function testAttack({ name, changes, deserves, sees, beside }: Attack): void {
  test(`${name}: earns ${deserves}`, async () => {
    const [hostile, honest] = await Promise.all([
      judgeHostile(changes, FIRST_SLOT),
      beside ? judgeHostile({}, FIRST_SLOT + 1) : undefined,
    ]);
    const score = hostile.submission ? hostile.score : "unreadable";
    expect({ score, notes: hostile.notes }).toEqual({
      score: deserves,
      notes: sees === undefined ? [] : expect.arrayContaining([expect.stringContaining(sees)]),
    });
    if (honest) expect(honest).toMatchObject({ score: FULL, notes: [] });
  });
}
