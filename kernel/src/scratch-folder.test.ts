import { mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createScratchFolder, removeStaleFolders } from "./scratch-folder";
import { temporaryFolder } from "./typecheck/testing/temporary-folder";

describe("the scratch folder", () => {
  it.skipIf(process.platform === "win32")("can be entered by its owner only", () => {
    const folder = createScratchFolder("types", temporaryFolder());
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.each([
    ["types", "modules"],
    ["modules", "types"],
  ] as const)(
    "of a dead kernel's %s is removed; that of a living one, of another machine or with %s is not",
    (kind, otherKind) => {
      const parent = temporaryFolder();
      const own = path.basename(createScratchFolder(kind, parent));
      // No process can have this number.
      const dead = own.replace(`-${process.pid}-`, "-99999999-");
      const foreign = `headroom-kernel-${kind}-99999999-99999999-abcdef`;
      const others = [foreign, dead.replace(kind, otherKind), "headroom-kernel-other"];
      for (const name of [dead, ...others]) mkdirSync(path.join(parent, name));
      removeStaleFolders(kind, parent);
      expect(readdirSync(parent).sort()).toEqual([own, ...others].sort());
    },
  );
});
