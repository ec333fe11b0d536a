import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { examine, type Finding, nodeFinding } from "./doctor";
import { install } from "./install";

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), "headroom-doctor-test-"));
});
afterEach(() => {
  rmSync(data, { recursive: true });
});

const SYSTEM = { platform: process.platform, env: {}, home: "/nowhere", ask: () => undefined };
const ASK = { displayName: undefined, check: undefined, require: [], env: {} };

/** A package whose kernel is the program `text`. */
function program(text: string, version = "1.0.0") {
  const packageFolder = path.join(data, "package");
  mkdirSync(path.join(packageFolder, "dist"), { recursive: true });
  writeFileSync(path.join(packageFolder, "dist", "main.js"), text);
  return { node: process.execPath, packageFolder, version };
}

async function findings(folders: string[], of = program("")): Promise<Finding[]> {
  const found = [];
  for await (const finding of examine(folders, of, SYSTEM)) found.push(finding);
  return found;
}

const aboutKernels = (found: readonly Finding[]) =>
  found.filter(({ part }) => part.startsWith("kernel"));

describe("examine", () => {
  it("finds this machine's parts in order, and says that Jupyter is missing", async () => {
    const states = (await findings([data])).map(({ part, state }) => [part, state]);
    expect(states).toEqual([
      ["Node", "right"],
      ["ZeroMQ", "right"],
      ["parser", "right"],
      ["type checker", "right"],
      ["Jupyter", "missing"],
      ["kernel", "wrong"],
    ]);
  });

  it("says how to install a kernel where there is none but someone else's", async () => {
    mkdirSync(path.join(data, "kernels", "python3"), { recursive: true });
    writeFileSync(path.join(data, "kernels", "python3", "kernel.json"), '{"argv":["python"]}');
    const [only] = aboutKernels(await findings([data]));
    expect(only).toMatchObject({ state: "wrong", cure: "npx @headroom/kernel install" });
  });

  it("tells a kernel whose program is gone from one that does not run", async () => {
    const ours = program('console.error("first\\n  the cause"); process.exit(3)');
    install({ ...ASK, name: "failing" }, data, ours);
    install({ ...ASK, name: "gone" }, data, { ...ours, node: "/nowhere/node" });
    const [failing, gone] = aboutKernels(await findings([data], ours));
    expect(failing?.text).toMatch(/does not run: it ended \(code 3\); its last words: the cause/);
    expect(gone?.text).toMatch(/\/nowhere\/node is gone/);
    expect([failing?.state, gone?.state]).toEqual(["wrong", "wrong"]);
    expect(gone?.cure).toContain("install --name gone");
  });

  it("says which kernel hides another of the same name", async () => {
    const folders = [path.join(data, "first"), path.join(data, "second")];
    for (const folder of folders) {
      install({ ...ASK, name: "headroom" }, folder, program("process.exit(1)"));
    }
    const [, hidden] = aboutKernels(await findings(folders));
    expect(hidden).toMatchObject({ state: "missing" });
    expect(hidden?.text).toContain(`${folders[1]}`);
  });
});

describe("nodeFinding", () => {
  it.each(["20.19.0", "20.20.2", "22.12.0", "24.0.0", "26.1.0"])("accepts %s", (version) => {
    expect(nodeFinding(version).state).toBe("right");
  });

  it.each(["18.20.0", "20.18.9", "21.7.0", "22.11.0"])("refuses %s", (version) => {
    expect(nodeFinding(version).state).toBe("wrong");
  });
});
