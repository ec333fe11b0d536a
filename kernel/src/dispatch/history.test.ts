import { expect, test } from "vitest";
import type { HistoryTuple } from "./history";
import { createHistory } from "./history";

/** Two earlier sessions of 3 and 2 cells; then this one, the third, with 4. */
function history() {
  const earlier = [
    { session: 1, line: 1, code: "a = 1" },
    { session: 1, line: 2, code: "b = 2" },
    { session: 1, line: 3, code: "a = 1" },
    { session: 2, line: 1, code: "c = 3" },
    { session: 2, line: 2, code: "b = 2" },
  ];
  const appended: unknown[] = [];
  const made = createHistory({
    load: async () => earlier,
    append: (entry) => appended.push(entry),
    saved: async () => {},
  });
  for (const [index, code] of ["x", "y", "a = 1", "z"].entries()) made.add(index + 1, code);
  return { made, appended };
}

const places = (tuples: readonly HistoryTuple[]) =>
  tuples.map(([session, line]) => `${session}:${line}`).join(" ");

async function ask(request: Record<string, unknown>) {
  return places(await history().made.query({ raw: true, output: false, ...request }));
}

test("tail: the last n, oldest first, over sessions", async () => {
  expect(await ask({ hist_access_type: "tail", n: 6 })).toBe("2:1 2:2 3:1 3:2 3:3 3:4");
  expect(await ask({ hist_access_type: "tail", n: 100 })).toMatch(/^1:1 .* 3:4$/);
  expect(await ask({ hist_access_type: "tail", n: 0 })).toBe("");
});

test("range: session 0 is this one, negative ones count back, stop is not included", async () => {
  const range = { hist_access_type: "range" };
  expect(await ask({ ...range, session: 0 })).toBe("3:1 3:2 3:3 3:4");
  expect(await ask({ ...range, session: 0, start: 2, stop: 4 })).toBe("3:2 3:3");
  expect(await ask({ ...range, session: -1, start: 1 })).toBe("2:1 2:2");
  expect(await ask({ ...range, session: -2, start: 1, stop: 2 })).toBe("1:1");
  expect(await ask({ ...range, session: 3 })).toBe("3:1 3:2 3:3 3:4");
  expect(await ask({ ...range, session: 1, start: null, stop: null })).toBe("1:1 1:2 1:3");
  expect(await ask({ ...range, session: -9 })).toBe("");
});

test("search: a pattern of the whole cell; unique keeps each code's last place; n the last ones", async () => {
  const search = { hist_access_type: "search" };
  expect(await ask({ ...search, pattern: "*=*" })).toBe("1:1 1:2 1:3 2:1 2:2 3:3");
  expect(await ask({ ...search, pattern: "*=*", unique: true })).toBe("2:1 2:2 3:3");
  expect(await ask({ ...search, pattern: "*=*", n: 2 })).toBe("2:2 3:3");
  expect(await ask({ ...search, pattern: "=" })).toBe("");
  expect(await ask({ ...search, pattern: "? = [!1]" })).toBe("1:2 2:1 2:2");
});

test("entries hold the code; with output, the code and the result or null", async () => {
  const { made } = history();
  made.setOutput(4, "42");
  expect(await made.query({ hist_access_type: "tail", n: 1 })).toEqual([[3, 4, "z"]]);
  expect(await made.query({ hist_access_type: "tail", n: 2, output: true })).toEqual([
    [3, 3, ["a = 1", null]],
    [3, 4, ["z", "42"]],
  ]);
});

test("what is added is appended to the file", () => {
  expect(history().appended).toContainEqual({ line: 3, code: "a = 1" });
});
