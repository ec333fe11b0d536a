import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { CACHE } from "../project.mjs";
import { cureFor, SetupError } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { nodePackagesAreInstalled } from "./node-packages.mjs";
import { runCommand } from "./run-command.mjs";
import { fetchVendorBinary } from "./tensorflow/from-vendor.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "headroom-setup-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("a failed tool", () => {
  it("is told with its name, its exit code and what it said last", async () => {
    const failing = runCommand("Some part", process.execPath, [
      "-e",
      "console.error('the cause'); process.exit(3)",
    ]);
    await expect(failing).rejects.toThrow(/Some part: .* ended with code 3\n {4}the cause/);
    await expect(failing).rejects.toBeInstanceOf(SetupError);
  });

  it("is told when it is not installed", async () => {
    await expect(runCommand("Some part", "no-such-program", [])).rejects.toThrow(
      /no-such-program can't be started/,
    );
  });

  it("is ended at its time limit", async () => {
    const endless = runCommand("P", process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
      timeout: 200,
    });
    await expect(endless).rejects.toThrow(/was ended by SIGTERM/);
  });

  it.each([
    ["OSError: [Errno 28] No space left on device", /disk is full/],
    ["npm error code ENOTFOUND", /registry can't be reached/],
    ["Error: EACCES: permission denied, mkdir", /can't be written/],
    ["The virtual environment was not created: ensurepip is not available", /python3-venv/],
    ["npm error code ETARGET", /lock file/],
    ["something else", /Mend the cause above/],
  ])("that says %j gets its cure", (output, cure) => {
    expect(cureFor(output)).toMatch(cure);
  });
});

describe("nodePackagesAreInstalled", () => {
  const entry = (version: string) => ({ "node_modules/a": { version } });

  function project(locked: string, installed?: string, withFolder = true): string {
    mkdirSync(path.join(folder, "node_modules", ...(withFolder ? ["a"] : [])), { recursive: true });
    writeFileSync(
      path.join(folder, "package-lock.json"),
      JSON.stringify({ packages: { "": {}, ...entry(locked) } }),
    );
    if (installed) {
      writeFileSync(
        path.join(folder, "node_modules", ".package-lock.json"),
        JSON.stringify({ packages: entry(installed) }),
      );
    }
    return folder;
  }

  it("holds when every locked package stands there in its version", () => {
    expect(nodePackagesAreInstalled(project("1.0.0", "1.0.0"))).toBe(true);
  });

  it("does not hold for another version, an interrupted installation or a deleted package", () => {
    expect(nodePackagesAreInstalled(project("1.0.1", "1.0.0"))).toBe(false);
    rmSync(path.join(folder, "node_modules"), { recursive: true });
    expect(nodePackagesAreInstalled(project("1.0.0"))).toBe(false);
    rmSync(path.join(folder, "node_modules"), { recursive: true });
    expect(nodePackagesAreInstalled(project("1.0.0", "1.0.0", false))).toBe(false);
  });
});

describe("withLock", () => {
  it("lets one set-up work at a time", async () => {
    const lock = path.join(CACHE, "setup.lock");
    await withLock(async () => {
      expect(Number(readFileSync(lock, "utf8"))).toBe(process.pid);
    });
    expect(() => readFileSync(lock)).toThrow(/ENOENT/);
  });

  it("takes over the lock of a set-up that was killed", async () => {
    const killed = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" });
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(path.join(CACHE, "setup.lock"), killed.trim());
    expect(await withLock(async () => "done")).toBe("done");
  });
});

describe("fetchVendorBinary", () => {
  /** A mirror of the vendor's host with small files in the places of the real ones. */
  async function withMirror(work: (url: string) => Promise<void>): Promise<void> {
    const tar = (files: Record<string, string>): Buffer => {
      const source = mkdtempSync(path.join(folder, "tar-"));
      for (const [file, content] of Object.entries(files)) {
        mkdirSync(path.join(source, path.dirname(file)), { recursive: true });
        writeFileSync(path.join(source, file), content);
      }
      return execFileSync("tar", ["-C", source, "-cz", ...readdirSync(source)]);
    };
    const library = tar({ "lib/libtensorflow.so.2.9.1": "the library" });
    const addon = tar({ "napi-v8/tfjs_binding.node": "the add-on" });
    const server = createServer((request, response) => {
      const url = request.url ?? "";
      if (url.includes("libtensorflow")) response.end(library);
      else if (url.includes("4.22.0")) response.end(addon);
      else response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }

  it.runIf(process.platform === "linux" && process.arch === "x64")(
    "keeps what the package's own installer fetched, and nothing else",
    async () => {
      const kept = mkdtempSync(path.join(CACHE, "vendor-test-"));
      onTestFinished(() => rmSync(kept, { recursive: true }));
      await withMirror(async (url) => {
        process.env.TFJS_NODE_CDN_STORAGE = url;
        process.env.npm_config_tfjs_binding_binary_host_mirror = url;
        try {
          await fetchVendorBinary(kept, () => {});
        } finally {
          delete process.env.TFJS_NODE_CDN_STORAGE;
          delete process.env.npm_config_tfjs_binding_binary_host_mirror;
        }
      });
      const read = (file: string) => readFileSync(path.join(kept, file), "utf8");
      expect(read("deps/lib/libtensorflow.so.2.9.1")).toBe("the library");
      expect(read("tfjs_binding.node")).toBe("the add-on");
      expect(() => read("package/package.json")).toThrow(/ENOENT/);
    },
  );

  it("says that the host is out of reach, and leaves the folder alone", async () => {
    process.env.TFJS_NODE_CDN_STORAGE = "http://127.0.0.1:9/";
    try {
      const kept = path.join(folder, "kept");
      await expect(fetchVendorBinary(kept, () => {})).rejects.toThrow(
        /127.0.0.1:9 can't be reached/,
      );
      expect(() => readFileSync(kept)).toThrow(/ENOENT/);
    } finally {
      delete process.env.TFJS_NODE_CDN_STORAGE;
    }
  });
});
