/** From the places in compiled code back to those in the cell. */
import { describe, expect, test } from "vitest";
import { compileCell } from "./compile-cell";
import type { CompiledCell, Place } from "./compiled-cell";
import { Places } from "./syntax/places";
import { LOWERED, SNIPPETS } from "./testing/snippets";

const MARK = "marked_name";

function compiled(code: string): CompiledCell | undefined {
  try {
    return compileCell(code, { id: 1, label: "In[1]" });
  } catch {
    return undefined;
  }
}

/** The places of a word. */
function placesOf(word: string, text: string): Place[] {
  const places = new Places(text);
  return [...text.matchAll(new RegExp(word, "g"))].map((match) => places.at(match.index));
}

/** Where names stand in text that is put in place of the cell's own: only lines are known. */
const IS_REPLACED = /@\w|accessor |<\/?[a-z.]*\/?>|^import|^export|enum |namespace /m;

describe("each name of a snippet is found again where it was", () => {
  test.each([...SNIPPETS, ...LOWERED])("%j", (code) => {
    for (const word of code.matchAll(/(?<![\w$\\])[a-z]\w*/gi)) {
      const marked = code.slice(0, word.index) + MARK + code.slice(word.index + word[0].length);
      const cell = compiled(marked);
      const found = cell === undefined ? [] : placesOf(MARK, cell.js);
      const [expected] = placesOf(MARK, marked);
      if (cell === undefined || found.length === 0 || expected === undefined) continue;
      const sources = found.map((place) => cell.toSource(place));
      const lines = sources.map((place) => place.line);
      expect([marked, lines.includes(expected.line)]).toEqual([marked, true]);
      if (IS_REPLACED.test(code)) continue;
      expect([marked, sources]).toEqual([marked, expect.arrayContaining([expected])]);
    }
  });
});

describe("errors have their place", () => {
  const thrown = (code: string): Place => {
    const cell = compileCell(code, { id: 1, label: "In[1]" });
    const at = new Places(cell.js).at(cell.js.indexOf("fail("));
    return cell.toSource(at);
  };

  test.each<[string, string, Place]>([
    ["on the first line, behind what is put there", "fail()", { line: 1, column: 1 }],
    ["behind an await", "await x; await fail()", { line: 1, column: 16 }],
    ["behind an import", "import * as a from 'a'; fail()", { line: 1, column: 25 }],
    [
      "behind an import of several lines",
      "import {\n  a,\n  b\n} from 'a'; fail()",
      { line: 4, column: 13 },
    ],
    ["behind types", "const a: number = 1, b = <any>fail(a!)", { line: 1, column: 31 }],
    ["in an object literal", "{a: fail()}", { line: 1, column: 5 }],
    ["in a class", "class A {\n  private x = fail()\n}", { line: 2, column: 15 }],
    ["in an enum", "enum E {\n  A,\n  B = fail(),\n}", { line: 3, column: 7 }],
    ["in a namespace", "namespace N {\n  export const a = fail()\n}", { line: 2, column: 20 }],
    ["behind Windows' line ends", "let a: number\r\n\r\n  fail()", { line: 3, column: 3 }],
    ["behind characters beyond the BMP", "const a = '😀'; fail()", { line: 1, column: 17 }],
    ["in JSX", "const a = (\n  <div>\n    {fail()}\n  </div>\n)", { line: 3, column: 6 }],
    [
      "in a decorated class",
      "@d\nclass A {\n  x = 1\n\n  f() {\n    return fail()\n  }\n}",
      { line: 6, column: 12 },
    ],
  ])("%s", (_title, code, place) => {
    expect(thrown(code)).toEqual(place);
  });

  test("a place outside of the code is its nearest end", () => {
    const cell = compileCell("a\nb", { id: 1, label: "In[1]" });
    expect(cell.toSource({ line: 99, column: 1 })).toEqual({ line: 2, column: 2 });
    expect(cell.toSource({ line: 0, column: -5 })).toEqual({ line: 1, column: 1 });
  });
});

describe("lines stay, also where code is printed anew", () => {
  const lineOf = (word: string, code: string): number | undefined =>
    placesOf(word, compileCell(code, { id: 1, label: "In[1]" }).js)[0]?.line;

  test.each<[string, string, number]>([
    [
      "JSX behind return",
      "const f = () => {\n  return (\n    <div>\n      {HERE()}\n    </div>\n  )\n}",
      4,
    ],
    ["a decorated class", "@d\nclass A {\n  @p x = 1\n\n  f() {\n    HERE()\n  }\n}", 6],
    ["behind a decorated class", "@d\nclass A {\n  @p x = 1\n}\nHERE()", 5],
    ["templates of several lines", "const a = <b>{`1\n2\n3`}</b>\nHERE()", 4],
    ["behind a template inside", "const a = <b>{[`1\n2\n3`,\nHERE()]}</b>", 4],
  ])("%s", (_title, code, line) => {
    expect(lineOf("HERE", code)).toBe(line);
  });
});
