import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CliError } from "./cli-error";
import { install, uninstall } from "./install";

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), "headroom-install-"));
});
afterEach(() => {
  rmSync(data, { recursive: true });
});

const PROGRAM = { node: "/n/node", packageFolder: "/p/kernel", version: "1.2.3" };
const PLAIN = { name: "headroom", displayName: undefined, check: undefined, require: [], env: {} };

const folderOf = (name: string) => path.join(data, "kernels", name);
const specOf = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(folderOf(name), "kernel.json"), "utf8"));

function foreignKernel(name: string): void {
  mkdirSync(folderOf(name), { recursive: true });
  const content = { argv: ["python"], display_name: "Theirs", language: "python" };
  writeFileSync(path.join(folderOf(name), "kernel.json"), JSON.stringify(content));
}

describe("install", () => {
  it("writes what Jupyter needs, and a logo", () => {
    const done = install(PLAIN, data, PROGRAM);
    expect(done).toEqual({ folder: folderOf("headroom"), copied: false, replaced: false });
    expect(specOf("headroom")).toEqual({
      argv: [
        "/n/node",
        "--no-force-async-hooks-checks",
        "--no-warnings",
        path.join("/p/kernel", "dist", "main.js"),
        "{connection_file}",
      ],
      display_name: "TypeScript (Headroom)",
      language: "typescript",
      interrupt_mode: "message",
      env: {},
      metadata: { debugger: false, headroom_kernel: { version: "1.2.3" } },
    });
    expect(readdirSync(folderOf("headroom")).sort()).toEqual(["kernel.json", "logo-svg.svg"]);
    const logo = readFileSync(path.join(folderOf("headroom"), "logo-svg.svg"), "utf8");
    expect(logo).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  });

  it("writes the options into it", () => {
    const preload = path.join(data, "preload.cjs");
    writeFileSync(preload, "");
    const options = { displayName: "Mine", check: "warn" as const, env: { A: "b" } };
    install({ name: "mine", ...options, require: [preload] }, data, PROGRAM);
    const spec = specOf("mine");
    expect(spec.display_name).toBe("Mine");
    expect(spec.env).toEqual({ HEADROOM_KERNEL_CHECK: "warn", A: "b" });
    expect((spec.argv as string[]).slice(2, 5)).toEqual(["--no-warnings", "--require", preload]);
  });

  it("takes the place of its own earlier one, and leaves nothing else behind", () => {
    install(PLAIN, data, { ...PROGRAM, version: "1.0.0" });
    writeFileSync(path.join(folderOf("headroom"), "stale.txt"), "");
    expect(install(PLAIN, data, PROGRAM).replaced).toBe(true);
    expect(specOf("headroom").metadata).toMatchObject({ headroom_kernel: { version: "1.2.3" } });
    expect(readdirSync(folderOf("headroom"))).not.toContain("stale.txt");
    expect(readdirSync(data)).toEqual(["kernels"]);
  });

  it("does not overwrite someone else's kernel", () => {
    foreignKernel("headroom");
    expect(() => install(PLAIN, data, PROGRAM)).toThrow(/holds the kernel "Theirs"/);
    expect(() => install(PLAIN, data, PROGRAM)).toThrow(CliError);
    expect(specOf("headroom").display_name).toBe("Theirs");
  });

  it("refuses a preload that is not there, before it writes anything", () => {
    const missing = { ...PLAIN, require: ["nowhere.cjs"] };
    expect(() => install(missing, data, PROGRAM)).toThrow(/nowhere.cjs does not exist/);
    expect(readdirSync(data)).toEqual([]);
  });

  it("copies the package where npx would throw it away", () => {
    const home = path.join(data, "_npx", "0a", "node_modules", "@headroom", "kernel");
    mkdirSync(path.join(home, "dist"), { recursive: true });
    writeFileSync(path.join(home, "package.json"), '{"name":"@headroom/kernel"}');
    writeFileSync(path.join(home, "dist", "main.js"), "");
    const prefix = path.join(data, "jupyter");
    const { folder, copied } = install(PLAIN, prefix, { ...PROGRAM, packageFolder: home });
    expect(copied).toBe(true);
    const { argv } = JSON.parse(readFileSync(path.join(folder, "kernel.json"), "utf8"));
    expect(argv.at(-2).startsWith(folder)).toBe(true);
    expect(readFileSync(argv.at(-2), "utf8")).toBe("");
  });

  it("says when a folder's place is taken by a file", () => {
    const file = path.join(data, "file");
    writeFileSync(file, "");
    expect(() => install(PLAIN, file, PROGRAM)).toThrow(/can't be a folder/);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "says when a folder can't be written",
    () => {
      chmodSync(data, 0o500);
      expect(() => install(PLAIN, data, PROGRAM)).toThrow(/can't be written \(EACCES\)/);
      chmodSync(data, 0o700);
    },
  );
});

describe("uninstall", () => {
  it("removes the kernel, and nothing else", () => {
    install(PLAIN, data, PROGRAM);
    foreignKernel("python3");
    expect(uninstall("headroom", data)).toBe(folderOf("headroom"));
    expect(readdirSync(path.join(data, "kernels"))).toEqual(["python3"]);
    expect(readdirSync(data)).toEqual(["kernels"]);
  });

  it("removes no kernel of someone else's", () => {
    foreignKernel("python3");
    expect(() => uninstall("python3", data)).toThrow(/which this package did not write/);
    expect(readdirSync(path.join(data, "kernels"))).toEqual(["python3"]);
  });

  it("says when there is nothing to remove", () => {
    expect(() => uninstall("headroom", data)).toThrow(/expected a kernel in .*there is none/);
  });
});
