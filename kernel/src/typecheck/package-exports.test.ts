import { utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { PackageExports } from "./package-exports";
import { temporaryFolder } from "./testing/temporary-folder";

const folder = temporaryFolder({
  "package.json":
    '{ "dependencies": { "esm": "1", "cjs": "1", "gone": "1" }, "devDependencies": { "@types/x": "1" } }',
  "node_modules/esm/package.json":
    '{ "name": "esm", "exports": { ".": { "import": { "types": "./d/i.d.mts" } } } }',
  "node_modules/esm/d/i.d.mts":
    "export * from './part.mjs'; export * from 'cjs'; export { a as esmRenamed } from './part.mjs'; declare const esmLocal: 1; export { esmLocal }; export default esmLocal; export * as esmSpace from './part.mjs'",
  "node_modules/esm/d/part.d.mts":
    "export declare const a: 1; export declare enum EsmEnum {} export type EsmType = 1; export * from './i.mjs'",
  "node_modules/cjs/package.json": '{ "name": "cjs" }',
  "node_modules/@types/cjs/package.json": '{ "name": "@types/cjs", "types": "index" }',
  "node_modules/@types/cjs/index.d.ts":
    "export = Cjs; declare namespace Cjs { function cjsUse(): void; class CjsClass {} interface CjsProps {} }",
  "notes/x": "",
});
const packages = new PackageExports(path.join(folder, "notes"));
const found = (prefix: string) =>
  packages.startingWith(prefix, 50).map(({ name, kind, from }) => `${name} ${kind} ${from}`);

it("knows what the packages of package.json export, also through others and by assignment", async () => {
  await packages.read();
  expect(found("esm").sort()).toEqual([
    "esmLocal variable esm",
    "esmRenamed variable esm",
    "esmSpace variable esm",
  ]);
  expect(found("Esm").sort()).toEqual(["EsmEnum enum esm", "EsmType interface esm"]);
  expect(found("cjs").sort()).toEqual(["cjsUse function cjs", "cjsUse function esm"]);
  expect(found("CjsC").sort()).toEqual(["CjsClass class cjs", "CjsClass class esm"]);
  expect(found("CjsP")).toContain("CjsProps interface cjs");
});

it("knows what Node.js exports", async () => {
  await packages.read();
  expect(found("readFileSync")).toEqual(["readFileSync function node:fs"]);
  expect(found("EventEmitter")).toContain("EventEmitter class node:events");
});

it("sees that package.json has changed", async () => {
  await packages.read();
  writeFileSync(path.join(folder, "package.json"), "{}");
  utimesSync(path.join(folder, "package.json"), 1, 1);
  await packages.read();
  expect(found("esm")).toEqual([]);
  expect(found("readFileSync")).toHaveLength(1);
});

it("does without a package.json", async () => {
  const alone = new PackageExports(temporaryFolder());
  await alone.read();
  expect(alone.startingWith("basename", 5)).toMatchObject([{ from: "node:path" }]);
});
