/**
 * Root can grade a project that lies where only root may look, as in its home folder. The sandbox's user
 * is not root, so what it shows is first mounted at a place that it can reach, seen by it alone.
 */
import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { VisibleFile } from "./visible-files";

/** A folder that every Linux has and nobody's programs live in. */
const STAGE = "/mnt";

const OTHERS_MAY_ENTER = 0o001;

/** Mounts its first arguments, as many as the very first says, and becomes the rest. */
const SCRIPT = `set -e
PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t tmpfs -o mode=755,size=64k tmpfs ${STAGE}
count=$1
shift
number=0
while [ "$number" -lt "$count" ]; do
  if [ -d "$1" ]; then mkdir "${STAGE}/$number"; else : > "${STAGE}/$number"; fi
  mount --bind "$1" "${STAGE}/$number"
  shift
  number=$((number + 1))
done
exec "$@"`;

/** Files to show, and what must be run before them so that they can be shown. */
export interface Staged {
  readonly files: readonly VisibleFile[];
  /** The beginning of a command line, which becomes what follows it; empty where it isn't needed. */
  readonly prefix: readonly string[];
}

/** Returns the files with those moved to the stage that others than root can't reach. */
export function stage(files: readonly VisibleFile[], unshare: string, shell: string): Staged {
  const outside = [...new Set(files.map((file) => file.outside))].filter((file) => !isOpen(file));
  if (outside.length === 0) return { files, prefix: [] };
  const places = new Map(outside.map((file, index) => [file, `${STAGE}/${index}`]));
  return {
    files: files.map((file) => ({ ...file, outside: places.get(file.outside) ?? file.outside })),
    prefix: [
      unshare,
      ...["--mount", "--propagation", "private"],
      ...[shell, "-c", SCRIPT, "stage", String(outside.length), ...outside],
    ],
  };
}

/** Returns true when every folder on the way to the file lets others in. */
export function isOpen(file: string): boolean {
  let folder = path.dirname(realpathSync(file));
  for (;;) {
    if ((statSync(folder).mode & OTHERS_MAY_ENTER) === 0) return false;
    if (folder === path.dirname(folder)) return true;
    folder = path.dirname(folder);
  }
}
