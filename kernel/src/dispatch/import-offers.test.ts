import { expect, test } from "vitest";
import { createImportOffers } from "./import-offers";

const item = (label: string, importFrom?: string) => ({
  label,
  kind: "function",
  signature: "",
  documentation: "",
  ...(importFrom === undefined ? {} : { importFrom }),
});

const problem = (name: string, code = 2304) => ({
  code,
  message: `Cannot find name '${name}'.`,
  start: { line: 1, column: 1 },
  end: { line: 1, column: 2 },
});

test("missing names that were offered are imported, one statement a module", () => {
  const offers = createImportOffers();
  offers.note([item("debounce", "lodash"), item("map", "lodash"), item("join", "node:path")]);
  const problems = [problem("map"), problem("join", 2552), problem("debounce"), problem("map")];
  expect(offers.importsFor(problems)).toBe(
    'import { map, debounce } from "lodash";\nimport { join } from "node:path";\n',
  );
});

test("nothing is imported that was not offered, or that misses for another reason", () => {
  const offers = createImportOffers();
  offers.note([item("debounce", "lodash"), item("local")]);
  expect(
    offers.importsFor([problem("throttle"), problem("local"), problem("debounce", 2322)]),
  ).toBe("");
});

test("a name that two modules have is not guessed: its message tells the imports", () => {
  const offers = createImportOffers();
  offers.note([item("readFile", "node:fs"), item("readFile", "node:fs/promises")]);
  const problems = [problem("readFile"), problem("other")];
  expect(offers.importsFor(problems)).toBe("");
  expect(offers.explain(problems).map(({ message }) => message)).toEqual([
    'Cannot find name \'readFile\'. Import it: import { readFile } from "node:fs"; or import { readFile } from "node:fs/promises";',
    "Cannot find name 'other'.",
  ]);
});

test("names like __proto__ are names", () => {
  const offers = createImportOffers();
  expect(offers.modules("__proto__")).toEqual([]);
  expect(offers.importsFor([problem("constructor")])).toBe("");
});
