import { describe, expect, it } from "vitest";
import type { BindingKind } from "../cell/compiled-cell";
import { cellFile, emptyFile, type SlotCell, scopeFile } from "./slot-files";

const cell = (code: string, bindings: Record<string, BindingKind> = {}): SlotCell => ({
  code,
  bindings: new Map(Object.entries(bindings)),
  mentions: new Set(code.match(/\w+/g)),
});
const names = new Map([
  ["a", { kind: "const", slot: 0, depth: 1 }],
  ["b", { kind: "let", slot: 4, depth: 1 }],
  ["unused", { kind: "const", slot: 5, depth: 1 }],
] as const);

describe("a cell's file", () => {
  it("has the cell's own lines after one with imports, before one with exports", () => {
    const { name, text } = cellFile(cell("a + b\nconst c = 2", { c: "const" }), 7, "ts", names);
    expect(name).toBe("cell_7.ts");
    expect(text.split("\n")).toEqual([
      'import {cell$0,cell$4} from "./scope.ts";import a=cell$0.a$0;declare var b: typeof cell$4.b$4;',
      "a + b",
      "const c = 2",
      "export {c as c$7};",
    ]);
  });

  it("imports nothing that it declares", () => {
    const { text } = cellFile(cell("a", { a: "type" }), 7, "ts", names);
    expect(text.split("\n")[0]).toBe('import {} from "./scope.ts";');
  });

  it("always imports the same files, whatever the cell mentions", () => {
    const imports = (text: string) => text.match(/from "[^"]*"/g);
    const { text } = cellFile(cell("a + b"), 7, "tsx", names);
    expect(imports(text)).toEqual(imports(emptyFile(7, "tsx").text));
  });
});

it("the scope names every cell's file", () => {
  expect(scopeFile(["ts", "tsx"])).toEqual({
    name: "scope.ts",
    text: 'export * as cell$0 from "./cell_0.ts";\nexport * as cell$1 from "./cell_1.tsx";',
  });
});
