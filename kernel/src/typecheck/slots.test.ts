import { describe, expect, it } from "vitest";
import type { BindingKind } from "../cell/compiled-cell";
import { type SlotCell, Slots } from "./slots";

const cell = (code: string, bindings: Record<string, BindingKind> = {}): SlotCell => ({
  code,
  bindings: new Map(Object.entries(bindings)),
  mentions: new Set(code.match(/\w+/g)),
});

describe("a cell's file", () => {
  it("has the cell's own lines after one with imports, before one with exports", () => {
    const slots = new Slots();
    slots.declare(cell("const a = 1", { a: "const" }), "ts");
    slots.declare(cell("let b = a", { b: "let" }), "ts");
    const { name, text } = slots.fileOf(cell("a + b\nconst c = 2", { c: "const" }), "ts");
    expect(name).toBe("cell_2.ts");
    expect(text.split("\n")).toEqual([
      'import {a$0 as a,b$1} from "./scope_0.ts";declare var b: typeof b$1;',
      "a + b",
      "const c = 2",
      "export {c as c$2};",
    ]);
  });

  it("imports nothing that it declares, and the latest of what is declared twice", () => {
    const slots = new Slots();
    for (const kind of ["const", "class"] as const) slots.declare(cell("a", { a: kind }), "ts");
    expect(slots.fileOf(cell("a"), "ts").text).toContain("import {a$1 as a} from");
    expect(slots.fileOf(cell("a", { a: "type" }), "ts").text).toContain("import {} from");
  });

  it("always imports the same files, whatever the cell mentions", () => {
    const slots = new Slots();
    const imports = (text: string) => text.match(/from "[^"]*"/g);
    const stub = slots.files().find(({ name }) => name === "cell_5.ts");
    slots.declare(cell("a", { a: "const" }), "ts");
    expect(imports(slots.fileOf(cell("a"), "ts").text)).toEqual(imports(stub?.text ?? ""));
  });

  it("is left to the next cell by one that declares and imports nothing", () => {
    const slots = new Slots();
    expect(slots.declare(cell("1 + 1"), "ts")).toEqual({ changed: [], grown: false });
    expect(slots.fileOf(cell("2"), "ts").name).toBe("cell_0.ts");
    slots.declare(cell('import "side-effect"'), "ts");
    expect(slots.fileOf(cell("2"), "ts").name).toBe("cell_1.ts");
  });
});

describe("the project's files", () => {
  it("double when cells have taken all, and JSX has its own", () => {
    const slots = new Slots();
    const count = () => slots.files().filter(({ name }) => name.startsWith("cell_")).length;
    expect(count()).toBe(64);
    for (let n = 0; n < 63; n++) {
      expect(slots.declare(cell("x", { x: "const" }), "ts").grown).toBe(false);
    }
    expect(slots.declare(cell("x", { x: "const" }), "ts").grown).toBe(true);
    expect(count()).toBe(128);
    expect(slots.ensure("tsx")).toBe(true);
    expect(slots.ensure("tsx")).toBe(false);
    expect(slots.fileOf(cell("<x/>"), "tsx").name).toBe("cell_128.tsx");
  });

  it("hold all that has been declared, so that another language server can take over", () => {
    const slots = new Slots();
    const { changed } = slots.declare(cell("const a = 1", { a: "const" }), "ts");
    for (const file of changed) expect(slots.files()).toContainEqual(file);
    expect(changed.map(({ name }) => name)).toEqual(["cell_0.ts", "scope_0.ts"]);
    expect(changed[1]?.text.split("\n")[0]).toBe('export {a$0} from "./cell_0.ts";');
  });
});

describe("a long chain of cells", () => {
  it("has the names of each twelfth cell exported by types that are written out", () => {
    const slots = new Slots();
    const declare = (n: number) =>
      slots.declare(cell(`let a${n} = a${n - 1}`, { [`a${n}`]: "let" }), "ts");
    for (let n = 0; n < 11; n++) expect(declare(n).deep).toBeUndefined();
    const { deep } = declare(11);
    expect(deep?.name).toBe("cell_11.ts");
    if (!deep) return;
    const frozen = slots.freeze(deep, new Map([["a11", "let"]]), new Map([["a11", ": number"]]));
    expect(frozen.text.split("\n").at(-1)).toBe("declare let a11$11: number;export {a11$11};");
    expect(slots.files()).toContainEqual(frozen);
  });
});
