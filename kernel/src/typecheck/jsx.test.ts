import { expect, it } from "vitest";
import { testNotebook } from "./testing/notebook";

const runtime = (name: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({
    name,
    version: "1.0.0",
    types: "index.d.ts",
    exports: {
      ".": { types: "./index.d.ts", default: "./index.js" },
      "./jsx-runtime": { types: "./jsx-runtime.d.ts", default: "./index.js" },
    },
  }),
  [`node_modules/${name}/index.d.ts`]: "export declare function render(x: unknown): void;",
  [`node_modules/${name}/jsx-runtime.d.ts`]: `
    export declare namespace JSX {
      interface Element { from: "${name}" }
      interface IntrinsicElements { div: { id?: string; children?: unknown }; b: {} }
    }`,
});

it("JSX has the types of react as installed beside the notebook", async () => {
  const notebook = testNotebook({ files: runtime("react") });
  await notebook.run("const plain = 1;");
  await notebook.run(
    'const page = <div id="x">{plain}<b/></div>; function App(p: { n: number }) { return page }',
  );
  await notebook.run("page.from satisfies 'react';");
  expect(await notebook.problems("const wrong = <div id={1}/>;")).toEqual([
    "TS2322 1:20-1:22 Type 'number' is not assignable to type 'string'.",
  ]);
  expect(await notebook.problems("<App n='1'/>;\n<App n={plain}/>")).toEqual([
    "TS2322 1:6-1:7 Type 'string' is not assignable to type 'number'.",
  ]);
});

it("a comment names another library, and only for its cell", async () => {
  const notebook = testNotebook({ files: { ...runtime("react"), ...runtime("preact") } });
  await notebook.run("(<div/>).from satisfies 'react'");
  await notebook.run(
    "/** @jsxImportSource preact */\nconst view = <div/>; view.from satisfies 'preact'",
  );
  await notebook.run("(<div/>).from satisfies 'react'; view.from satisfies 'preact'");
  await notebook.run("/** @jsxImportSource preact */\n(<div/>).from satisfies 'preact'");
  await notebook.run("(<div/>).from satisfies 'react'");
});

it("without a library JSX is a problem that says what to install", async () => {
  const notebook = testNotebook();
  expect(await notebook.problems("const page = <div>text</div>;")).toEqual([
    "TS2875 1:14-1:29 JSX needs the package 'react', which the notebook's folder does not have: " +
      "npm install react @types/react. Another one is named by a comment: /** @jsxImportSource preact */",
  ]);
});

it("a cell with <T>x casts is no JSX", async () => {
  const notebook = testNotebook();
  await notebook.run("const cast = <number>JSON.parse('1'); const identity = <T>(x: T) => x;");
  await notebook.run("identity(cast).toFixed()");
});

it("a comment names a factory of the cell's own, which needs no library", async () => {
  const notebook = testNotebook();
  const types =
    "namespace h { export namespace JSX { export interface IntrinsicElements { b: {} } export type Element = string } }";
  const factory = "function h(type: string, ...rest: unknown[]) { return type + rest.length }";
  const head = `/** @jsx h */\n${factory} ${types}`;
  expect(await notebook.problems(`${head}\nconst page: string = <b/>;`)).toEqual([]);
  expect(await notebook.problems(`${head}\nconst page = <i/>;`)).toEqual([
    "TS2339 3:14-3:18 Property 'i' does not exist on type 'JSX.IntrinsicElements'.",
  ]);
});
