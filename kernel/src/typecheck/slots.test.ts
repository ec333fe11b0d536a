import { describe, expect, it } from "vitest";
import type { BindingKind } from "../cell/compiled-cell";
import type { SlotCell } from "./slot-files";
import { Slots } from "./slots";

const cell = (code: string, bindings: Record<string, BindingKind> = {}): SlotCell => ({
  code,
  bindings: new Map(Object.entries(bindings)),
  mentions: new Set(code.match(/\w+/g)),
});

/** Slots, and what declares `const name = code` in them and returns the name of the cell's file. */
function filled() {
  const slots = new Slots();
  const declare = (name: string, code = "1") =>
    slots.declare(cell(`const ${name} = ${code}`, { [name]: "const" }), "ts").file?.name;
  const next = (code = "") => slots.fileOf(cell(code), "ts").name;
  return { slots, declare, next };
}

describe("a cell's slot", () => {
  it("is left to the next cell by one that declares and imports nothing", () => {
    const { slots, next } = filled();
    expect(slots.declare(cell("1 + 1"), "ts")).toEqual({ grown: false, deep: false });
    expect(next()).toBe("cell_0.ts");
    expect(slots.declare(cell('import "side-effect"'), "ts").file?.name).toBe("cell_0.ts");
    expect(next()).toBe("cell_1.ts");
  });

  it("is free again when all its names have been declared anew", () => {
    const { slots, declare, next } = filled();
    slots.declare(cell("a; b", { a: "const", b: "class" }), "ts");
    expect(declare("a")).toBe("cell_1.ts");
    expect(next()).toBe("cell_2.ts");
    expect(declare("b")).toBe("cell_2.ts");
    expect(next()).toBe("cell_0.ts");
    expect(slots.fileOf(cell("a + b"), "ts").text).toContain(
      "import a=cell$1.a$1;import b=cell$2.b$2;",
    );
  });

  it("is kept while a cell that can be reached builds on it, over others, too", () => {
    const { declare, next } = filled();
    declare("a");
    declare("b", "a");
    declare("c", "b");
    declare("a");
    declare("b");
    expect(next()).toBe("cell_5.ts");
    declare("c");
    expect([next(), declare("d"), declare("e"), declare("f")]).toEqual([
      "cell_0.ts",
      "cell_0.ts",
      "cell_1.ts",
      "cell_2.ts",
    ]);
  });

  it("is kept for what it adds to global types, until the same is added again", () => {
    const { slots, next } = filled();
    const adding = cell("declare global { var g: 1 } const a = 1", { a: "const" });
    slots.declare(adding, "ts");
    slots.declare(cell("const a = 2", { a: "const" }), "ts");
    expect(next()).toBe("cell_2.ts");
    slots.declare(adding, "ts");
    // Both: the first one, and that of the other `a`.
    expect([slots.declare(cell("x", { x: "const" }), "ts").file?.name, next()].sort()).toEqual([
      "cell_0.ts",
      "cell_1.ts",
    ]);
  });

  it("is kept for a module that only it loads, and then given to a cell that imports the same", () => {
    const { slots, next } = filled();
    const importing = cell('import { x } from "big"', { x: "import" });
    slots.declare(importing, "ts");
    slots.declare(cell("const x = 2", { x: "const" }), "ts");
    expect(next()).toBe("cell_2.ts");
    slots.declare(importing, "ts");
    expect(next()).toBe("cell_1.ts");
    expect(next('import "big"')).toBe("cell_0.ts");
  });

  it("is one of a few however often the same names are declared", () => {
    const { slots, declare } = filled();
    const files = new Set<string | undefined>();
    for (let n = 0; n < 300; n++) {
      files.add(declare("a", "b"));
      files.add(declare("b"));
      files.add(slots.declare(cell("import 'm'; a", { c: "const", m: "let" }), "ts").file?.name);
    }
    expect(files.size).toBeLessThan(8);
    expect(slots.files()).toHaveLength(65);
  });
});

describe("the project's files", () => {
  it("double when cells have taken all, and JSX has its own", () => {
    const { slots, declare, next } = filled();
    const count = () => slots.files().filter(({ name }) => name.startsWith("cell_")).length;
    expect(count()).toBe(64);
    for (let n = 0; n < 63; n++) declare(`x${n}`);
    expect(count()).toBe(64);
    expect(slots.declare(cell("x", { x: "const" }), "ts").grown).toBe(true);
    expect(count()).toBe(128);
    expect(next()).toBe("cell_64.ts");
    expect(slots.ensure("tsx")).toBe(true);
    expect(slots.ensure("tsx")).toBe(false);
    expect(slots.fileOf(cell("<x/>"), "tsx").name).toBe("cell_128.tsx");
  });

  it("hold all that has been declared, so that another language server can take over", () => {
    const { slots, declare } = filled();
    const { file } = slots.declare(cell("const a = 1", { a: "const" }), "ts");
    expect(slots.files()).toContainEqual(file);
    declare("a");
    expect(slots.files()).not.toContainEqual(file);
    expect(slots.files()[0]?.text).toContain('export * as cell$0 from "./cell_0.ts";');
  });
});

describe("a long chain of cells", () => {
  const chain = () => {
    const slots = new Slots();
    const declare = (n: number) =>
      slots.declare(cell(`let a${n} = a${n - 1}`, { [`a${n}`]: "let" }), "ts");
    for (let n = 0; n < 11; n++) expect(declare(n).deep).toBe(false);
    const { file, deep } = declare(11);
    if (!file) throw new Error("Expected a file");
    expect([file.name, deep]).toEqual(["cell_11.ts", true]);
    return { slots, file, bindings: new Map([["a11", "let"]] as const) };
  };

  it("has the names of each twelfth cell exported by types that are written out", () => {
    const { slots, file, bindings } = chain();
    const frozen = slots.freeze(file, bindings, new Map([["a11", ": number"]]));
    expect(frozen?.text.split("\n").at(-1)).toBe("declare let a11$11: number;export {a11$11};");
    expect(slots.files()).toContainEqual(frozen);
  });

  it("then no longer holds the cells before", () => {
    const { slots, file, bindings } = chain();
    for (let n = 0; n < 11; n++) slots.declare(cell("1", { [`a${n}`]: "let" }), "ts");
    expect(slots.fileOf(cell(""), "ts").name).toBe("cell_23.ts");
    slots.freeze(file, bindings, new Map([["a11", ": number"]]));
    const next = slots.fileOf(cell(""), "ts").name;
    expect(Number(/\d+/.exec(next)?.[0])).toBeLessThan(11);
  });

  it("leaves a cell alone that has lost its slot while its types were written out", () => {
    const { slots, file, bindings } = chain();
    slots.declare(cell("1", { a11: "let" }), "ts");
    expect(slots.freeze(file, bindings, new Map([["a11", ": number"]]))).toBeUndefined();
  });
});
