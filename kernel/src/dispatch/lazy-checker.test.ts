import { expect, test } from "vitest";
import { compileCell } from "../cell/compile-cell";
import type { Completion, TypeChecker } from "../typecheck/type-checker";
import { createLazyChecker } from "./lazy-checker";

const cell = (code: string) => compileCell(code, { id: 1, label: "In[1]" });

function lazy(fields: Partial<TypeChecker> = {}) {
  const calls: string[] = [];
  const made = createLazyChecker(
    () => {
      calls.push("created");
      return {
        check: async () => [],
        declare: ({ code }) => {
          calls.push(`declare ${code}`);
        },
        complete: async (_, offset) => ({ items: [], start: offset, end: offset }),
        inspect: async () => "doc",
        stop: () => {
          calls.push("stopped");
        },
        ...fields,
      };
    },
    (text) => calls.push(text.split("\n")[0] ?? ""),
  );
  return { made, calls };
}

test("it starts with the first question, and is then told of the cells before", async () => {
  const { made, calls } = lazy();
  made.declare(cell("a"));
  made.declare(cell("b"));
  expect(calls).toEqual([]);
  expect(await made.inspect("x", 1)).toBe("doc");
  made.declare(cell("c"));
  made.start();
  expect(calls).toEqual(["created", "declare a", "declare b", "declare c"]);
});

test("stopping one that never started does not start it", () => {
  const { made, calls } = lazy();
  made.stop();
  expect(calls).toEqual([]);
});

test("a checker that fails leaves cells unchecked and questions unanswered", async () => {
  const fail = () => Promise.reject(new Error("broken"));
  const { made, calls } = lazy({ check: fail, complete: fail, inspect: fail });
  expect(await made.check(cell("a"))).toBeUndefined();
  expect(await made.complete("ab", 2)).toEqual({ items: [], start: 2, end: 2 });
  expect(await made.inspect("ab", 2)).toBeUndefined();
  expect(calls.filter((text) => text === "checker: Error: broken")).toHaveLength(3);
});

test("a checker that cannot be made does not throw", async () => {
  const made = createLazyChecker(
    () => {
      throw new Error("no such program");
    },
    () => {},
  );
  made.start();
  expect(await made.check(cell("a"))).toBeUndefined();
});

test("of a flood of questions those beyond fifty are answered with nothing at once", async () => {
  const open: ((value: Completion) => void)[] = [];
  const { made } = lazy({
    complete: () =>
      new Promise((resolve) => {
        open.push(resolve);
      }),
  });
  const item = { label: "a", kind: "", signature: "", documentation: "" };
  const waiting = Array.from({ length: 50 }, () => made.complete("x", 1));
  expect((await made.complete("x", 1)).items).toEqual([]);
  expect(open).toHaveLength(50);
  for (const resolve of open) resolve({ items: [item], start: 0, end: 1 });
  for (const answer of await Promise.all(waiting)) expect(answer.items).toHaveLength(1);
  void made.complete("x", 1);
  expect(open).toHaveLength(51);
});
