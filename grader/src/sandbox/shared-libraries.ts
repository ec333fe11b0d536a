/** The shared libraries that programs and add-ons load. */
import { spawnSync } from "node:child_process";

const known = new Map<string, readonly string[]>();

/**
 * Returns the paths of the libraries that any of the files needs, as the dynamic linker names them; a
 * file that is linked statically needs none.
 */
export function sharedLibraries(files: readonly string[], ldd: string): readonly string[] {
  const key = files.join("\n");
  const found = known.get(key) ?? listed(files, ldd);
  known.set(key, found);
  return found;
}

function listed(files: readonly string[], ldd: string): readonly string[] {
  // Its exit code is 1 when one of the files is static; what it says of the others counts.
  const { stdout = "" } = spawnSync(ldd, [...files], { encoding: "utf8" });
  const paths = [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, library]) => library ?? "");
  return [...new Set(paths)];
}
