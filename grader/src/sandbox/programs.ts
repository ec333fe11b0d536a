/** The programs of which the sandbox is made. */
import { accessSync, constants } from "node:fs";
import path from "node:path";

/** What must be there, and the Debian or Ubuntu package that has it. */
const PACKAGES = {
  bash: "bash",
  bwrap: "bubblewrap",
  ldd: "libc-bin",
  nice: "coreutils",
  prlimit: "util-linux",
  setpriv: "util-linux",
  sh: "dash",
  taskset: "util-linux",
  unshare: "util-linux",
} as const;

/** A program that the sandbox needs. */
export type Program = keyof typeof PACKAGES;

const PLACES = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/**
 * Returns a program's absolute path; undefined where there is none. HEADROOM_BWRAP names another
 * bubblewrap than that of the system.
 */
export function findProgram(name: Program): string | undefined {
  const chosen = process.env.HEADROOM_BWRAP;
  if (name === "bwrap" && chosen) return isExecutable(chosen) ? chosen : undefined;
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), ...PLACES];
  return folders
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

/** Returns the first program that is missing, in words with its cure; undefined where all are there. */
export function missingProgram(): { problem: string; cure: string } | undefined {
  const names = Object.keys(PACKAGES) as Program[];
  const missing = names.find((name) => findProgram(name) === undefined);
  if (missing === undefined) return undefined;
  const chosen = missing === "bwrap" ? process.env.HEADROOM_BWRAP : undefined;
  if (chosen) {
    return {
      problem: `HEADROOM_BWRAP names ${chosen}, which can't be run`,
      cure: "set it to the path of bubblewrap's program bwrap, or unset it",
    };
  }
  return {
    problem: `the sandbox needs the program ${missing}, which is not on the PATH`,
    cure: `sudo apt install ${PACKAGES[missing]}`,
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
