// @ts-check
// Finds paths that tell about the machine a notebook ran on, so that none is stored.
import { homedir, tmpdir } from "node:os";
import { ROOT } from "../project.mjs";

/** Absolute paths of Unix and macOS, of Windows, and file addresses. */
const LOOKS_LIKE_A_PATH = [
  /(?<![\w.:/~-])\/(?:home|Users|root|tmp|private|work|opt|usr|var|mnt|srv|workspaces?)\/[\w.@-]+/,
  /\bfile:\/\/\/[\w.@-]+/,
  /(?<![\w])[A-Za-z]:\\{1,2}[\w.@ -]+\\/,
];

/** Pictures hold any letters by chance; only what is read as text is searched. */
const PICTURES = /^(image\/(?!svg)|application\/pdf)/;

/**
 * The first path of a machine in a text, an output or any other value; undefined where there is
 * none.
 * @param {unknown} value
 * @returns {string | undefined}
 */
export function machinePathIn(value) {
  if (typeof value === "string") return inText(value);
  if (value === null || typeof value !== "object") return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = PICTURES.test(key) ? undefined : machinePathIn(inner);
    if (found) return found;
  }
  return undefined;
}

/** @param {string} text */
function inText(text) {
  const known = [ROOT, homedir(), tmpdir()].find((folder) => isMentioned(folder, text));
  if (known) return known;
  for (const pattern of LOOKS_LIKE_A_PATH) {
    const match = pattern.exec(text);
    if (match) return match[0];
  }
  return undefined;
}

/**
 * True where the folder itself begins there, not a longer path that ends like it.
 * @param {string} folder
 * @param {string} text
 */
function isMentioned(folder, text) {
  if (folder.length <= 1) return false;
  for (let at = text.indexOf(folder); at !== -1; at = text.indexOf(folder, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + folder.length] ?? "/";
    if (!/[\w.~-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
