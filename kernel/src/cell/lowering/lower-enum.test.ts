/** Enums, run. */
import { describe, expect, test } from "vitest";
import { cellResults } from "../testing/run-cells";

describe("enums", () => {
  test.each<[string, string, unknown]>([
    ["count on", "enum E { A, B = 5, C }", { 0: "A", 5: "B", 6: "C", A: 0, B: 5, C: 6 }],
    [
      "texts have no way back",
      "enum E { A = 'x', B = `y`, C = 1 }",
      { 1: "C", A: "x", B: "y", C: 1 },
    ],
    [
      "speak of earlier members",
      "enum E { A = 1 << 2, B = A | 1, C = E.B + 1, D }",
      { 4: "A", 5: "B", 6: "C", 7: "D", A: 4, B: 5, C: 6, D: 7 },
    ],
    [
      "computed",
      "enum E { A = 'abc'.length, B = -1, C }",
      { 3: "A", "-1": "B", 0: "C", A: 3, B: -1, C: 0 },
    ],
    [
      "names that are no identifiers",
      "enum E { 'a b' = 1, default, ['c'] }",
      { 1: "a b", 2: "default", 3: "c", "a b": 1, default: 2, c: 3 },
    ],
    ["one that has its own name", "enum E { E, F = E }", { 0: "F", E: 0, F: 0 }],
    ["const enums stay", "const enum E { A = 2 }", { 2: "A", A: 2 }],
    ["empty", "enum E {}", {}],
    [
      "with comments and commas",
      "enum E {\n  // one\n  A = 1, // a, b\n  /* two */ B,\n}",
      { 1: "A", 2: "B", A: 1, B: 2 },
    ],
    [
      "in a function",
      "const E = (() => { enum F { A } enum F { B = 1 } return F })()",
      { 0: "A", 1: "B", A: 0, B: 1 },
    ],
  ])("%s", async (_title, code, expected) => {
    expect(await cellResults(code, "E")).toEqual([expected]);
  });
});
