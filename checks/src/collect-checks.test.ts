import { expect, test } from "vitest";
import { collectChecks } from "./collect-checks";
import { functionName, remoteFunction } from "./functions";
import type { Test } from "./test-declaration";

test("a check is collected in its order, and nothing runs", async () => {
  const { checks, collected } = collectChecks();
  const f1Score = remoteFunction("f1Score");
  const one = checks.test("one", checks.call(f1Score), checks.throws(/x/));
  const two = checks.test(
    "two",
    checks.property(async () => true),
  );
  await checks.check("F1", one, two);
  expect(collected).toEqual([{ exercise: "F1", tests: [one, two] }]);
});

test("bad declarations are refused as in the notebook", async () => {
  const { checks, collected } = collectChecks();
  await expect(checks.check("F1")).rejects.toThrow(/"F1" has no tests/);
  await expect(checks.check("F1", 1 as unknown as Test)).rejects.toThrow(/expected test/);
  expect(collected).toEqual([]);
});

test("a stand-in has the name of the function, and says how it is called", () => {
  const f1Score = remoteFunction("f1Score");
  expect(functionName(f1Score)).toBe("f1Score");
  expect(f1Score).toThrow(/f1Score is the student's.*call\(f1Score/);
});
