import { expect, test } from "vitest";
import * as language from "./index";
import { NOT_ANSWERED } from "./outcome";
import { CheckFailedError, runCheck } from "./run-check";

const { call, equals } = language;
const declare = language.test;
const half = (x: number) => x / 2;
const stub = (_x: number): number => {
  throw new Error(NOT_ANSWERED);
};
const right = declare("right", call(half, 4), equals(2));
const wrong = declare("wrong", call(half, 4), equals(3));
const unanswered = declare("stub", call(stub, 4), equals(2));

async function run(...tests: language.Test[]) {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const failure = await runCheck("Half", tests, { print, seconds: 1 }).catch((error) => error);
  return { lines, failure };
}

test("tests that pass are marked, and hidden ones are never forgotten", async () => {
  expect(await run(right)).toEqual({
    lines: [
      "✓ right",
      "Half: 1 of 1 visible tests pass; hidden ones check edge cases when it is graded.",
    ],
    failure: undefined,
  });
});

test("a test that fails says why, and the cell fails at the end", async () => {
  const { lines, failure } = await run(wrong, right);
  expect(lines).toEqual(["✗ wrong: half(4) should be 3, but came 2.", "✓ right"]);
  expect(failure).toBeInstanceOf(CheckFailedError);
  expect(failure.message).toMatch(/^Half: 1 of 2 visible tests pass\. The lines above/);
  expect(failure.details).toEqual({ exercise: "Half", passed: 1, total: 2, unanswered: false });
  expect(failure.stack).toBe(`CheckFailedError: ${failure.message}`);
});

test("an untouched stub is told once, with what to do", async () => {
  const { lines, failure } = await run(unanswered);
  expect(lines).toEqual([]);
  expect(failure.message).toBe(
    "Half: not answered yet: write your code in the cell above, then run both again.",
  );
  expect(failure.details.unanswered).toBe(true);
});

test("of two functions, one unanswered, the other is checked", async () => {
  const { lines, failure } = await run(right, unanswered);
  expect(lines).toEqual(["✓ right", "✗ stub: not answered yet"]);
  expect(failure.details).toMatchObject({ passed: 1, unanswered: false });
});

test("check runs them in the notebook", async () => {
  await expect(language.check("Half", unanswered)).rejects.toThrow(CheckFailedError);
  await expect(language.check("Half")).rejects.toThrow(/has no tests/);
});
