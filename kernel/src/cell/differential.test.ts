/** Erased code against what oxc-transform prints for the same source. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import fc from "fast-check";
import { parseSync } from "oxc-parser";
import { transformSync } from "oxc-transform";
import { describe, expect, test } from "vitest";
import { compileCell } from "./compile-cell";
import { compileModule } from "./compile-module";
import { LOWERED, SNIPPETS } from "./testing/snippets";

const ROOT = join(__dirname, "../../..");

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ts$/.test(name))
    .map((name) => relative(ROOT, join(ROOT, folder, name)));
}

const FILES = ["kernel-utils/src", "kernel/src", "notebooks/src"].flatMap(sourcesIn);

const AS_MODULE = { lang: "js", sourceType: "module", preserveParens: false } as const;

function syntaxErrors(js: string): string[] {
  return parseSync("a.js", js, AS_MODULE).errors.map(({ message }) => message);
}

/** The syntax tree without what does not change its meaning. */
function meaning(js: string): unknown {
  const { program, errors } = parseSync("a.js", js, AS_MODULE);
  if (errors.length > 0) throw new Error(`${errors[0]?.message}\nin\n${js}`);
  return plain(program.body);
}

const IGNORED = new Set(["start", "end", "raw", "shorthand", "directive"]);

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap(statements).map(plain);
  if (value instanceof RegExp) return String(value);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !IGNORED.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
}

interface Item {
  readonly type?: string;
  readonly [key: string]: unknown;
}

/** Without empty statements; a sequence as a statement counts as several statements. */
function statements(item: Item | null): (Item | null)[] {
  if (item?.type === "EmptyStatement") return [];
  const isEmptyExport =
    item?.type === "ExportNamedDeclaration" &&
    item.declaration === null &&
    item.source === null &&
    Array.isArray(item.specifiers) &&
    item.specifiers.length === 0;
  if (isEmptyExport) return [];
  if (item?.type !== "ExpressionStatement") return [item];
  const expression = item.expression as Item;
  if (expression.type !== "SequenceExpression") return [item];
  return (expression.expressions as Item[]).map((part) => ({ ...item, expression: part }));
}

function transformed(code: string, file: string): string {
  const options = { target: "es2022", sourceType: "module", jsx: { pure: false } } as const;
  const { code: js, errors } = transformSync(file, code, options);
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return js;
}

function lineCount(code: string): number {
  return code.split(/\r\n|[\n\r\u2028\u2029]/).length;
}

/** What the lowering does in its own way. */
const IS_LOWERED = /^\s*(?:export )?(?:const )?(?:enum|namespace) |^\s*(?:await )?using /m;

/** The same, in what it has made. */
const OWN_WAY = /__namespace|__m\(|__disposalScope|createRequire|_accessor_storage|\(super\(/;

/** The file name that gives the snippet its meaning. */
function fileOf(code: string): string {
  return parseSync("a.ts", code, { lang: "ts" }).errors.length === 0 ? "a.ts" : "a.tsx";
}

describe("files mean what the transform makes of them", () => {
  test.each(FILES)("%s", (file) => {
    const code = readFileSync(join(ROOT, file), "utf8");
    const js = compileModule(code, file);
    expect(lineCount(js)).toBe(lineCount(code));
    if (!IS_LOWERED.test(code)) {
      expect(meaning(js)).toEqual(meaning(transformed(code, file)));
    }
    const cell = compileCell(code, { id: 1, label: "In[1]" });
    expect(syntaxErrors(cell.js)).toEqual([]);
    expect(lineCount(cell.js)).toBe(lineCount(code) + 1);
  });
});

describe("snippets mean what the transform makes of them", () => {
  test.each(SNIPPETS)("%j", (code) => {
    const file = fileOf(code);
    const js = compileModule(code, file);
    expect(lineCount(js)).toBe(lineCount(code));
    if (!js.includes("__module_")) {
      expect(meaning(js)).toEqual(meaning(transformed(code, file)));
    }
  });

  test.each([...SNIPPETS, ...LOWERED])("as a cell: %j", (code) => {
    const cell = compileCell(code, { id: 1, label: "In[1]" });
    expect(syntaxErrors(cell.js)).toEqual([]);
    expect(lineCount(cell.js)).toBe(lineCount(code) + 1);
  });
});

describe("snippets in any company mean what the transform makes of them", () => {
  // The transform also drops the export of what is only declared, which may be a global.
  const plainSnippets = SNIPPETS.filter(
    (code) => fileOf(code) === "a.ts" && !code.startsWith("declare global"),
  );
  const snippet = fc.constantFrom(...plainSnippets);
  const compare = (code: string): void => {
    const expected = orUndefined(() => meaning(transformed(code, "a.ts")));
    const js = orUndefined(() => compileModule(code, "a.ts"));
    if (expected === undefined || js === undefined || OWN_WAY.test(js)) return;
    expect([code, meaning(js)]).toEqual([code, expected]);
  };

  test("side by side", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(snippet, snippet, (a, b) => compare(`${a}\n${b}`)),
      { numRuns: 1000 },
    );
  });

  test("inside one another", { timeout: 60_000 }, () => {
    const pair = fc.property(snippet, snippet, fc.nat(), (a, b, at) => {
      const places = [...a.matchAll(/[\n;{}]/g)].map((match) => match.index + 1);
      const place = places[at % Math.max(1, places.length)] ?? 0;
      compare(`${a.slice(0, place)}${b}${a.slice(place)}`);
    });
    fc.assert(pair, { numRuns: 1000 });
  });

  test("with parts missing", { timeout: 60_000 }, () => {
    const cut = fc.property(snippet, fc.nat(), fc.nat(10), (code, at, length) => {
      const start = at % Math.max(1, code.length);
      compare(code.slice(0, start) + code.slice(start + length));
    });
    fc.assert(cut, { numRuns: 1000 });
  });
});

function orUndefined<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
