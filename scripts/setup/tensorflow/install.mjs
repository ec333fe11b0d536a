// @ts-check
// Provides tfjs-node with its native part: made once, kept in the cache, linked into node_modules.
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { PRELOAD, projectEnvironment, TFJS_NODE } from "../../project.mjs";
import { SetupError } from "../failure.mjs";
import { runCommand } from "../run-command.mjs";
import { fetchVendorBinary, vendorIsReachable } from "./from-vendor.mjs";
import { compileAddon, fetchLibrary } from "./from-wheel.mjs";
import { ADDON, TENSORFLOW_CACHE, WAYS } from "./versions.mjs";

const LINKED_ADDON = path.join(TFJS_NODE, "lib", "napi-v8", ADDON);
const LINKED_DEPS = path.join(TFJS_NODE, "deps");
const REFUSAL = path.join(TENSORFLOW_CACHE, "unavailable.txt");

/** The kept folder that is complete, or undefined. A folder gets its name when it is complete. */
function keptFolder() {
  return Object.values(WAYS).find((folder) => existsSync(path.join(folder, ADDON)));
}

/** True when the package in node_modules has the kept native part. */
function tensorflowIsLinked() {
  const kept = keptFolder();
  if (!kept || !existsSync(LINKED_ADDON)) return false;
  const deps = lstatSync(LINKED_DEPS, { throwIfNoEntry: false });
  return (
    deps?.isSymbolicLink() === true &&
    path.resolve(TFJS_NODE, readlinkSync(LINKED_DEPS)) === path.join(kept, "deps")
  );
}

/** Why native TensorFlow could not be had when it was tried, or undefined. */
export function tensorflowRefusal() {
  return existsSync(REFUSAL) ? readFileSync(REFUSAL, "utf8").trim() : undefined;
}

/** Forgets an earlier failure, so that the next set-up tries again. */
export function forgetTensorflowRefusal() {
  rmSync(REFUSAL, { force: true });
}

/** True when set-up has nothing left to do here: it is linked, or was tried and can't be had. */
export function tensorflowIsSettled() {
  return tensorflowIsLinked() || (keptFolder() === undefined && existsSync(REFUSAL));
}

/** Links the kept native part into node_modules. The add-on is copied: it looks beside itself. */
function link() {
  const kept = keptFolder();
  if (!kept) return;
  rmSync(LINKED_DEPS, { recursive: true, force: true });
  const target = path.join(kept, "deps");
  if (process.platform === "win32") symlinkSync(target, LINKED_DEPS, "junction");
  else symlinkSync(path.relative(TFJS_NODE, target), LINKED_DEPS);
  mkdirSync(path.dirname(LINKED_ADDON), { recursive: true });
  copyFileSync(path.join(kept, ADDON), `${LINKED_ADDON}.new`);
  renameSync(`${LINKED_ADDON}.new`, LINKED_ADDON);
}

/** Undoes `link`, for a native part that turned out not to work. */
function unlink() {
  rmSync(LINKED_ADDON, { force: true });
  rmSync(LINKED_DEPS, { recursive: true, force: true });
}

/** Multiplies two matrices in a process of its own: a crash there is a failure, not the end. */
async function tryOut() {
  const program =
    "const tf = require('@tensorflow/tfjs-node'); const a = tf.tensor2d([[1, 2], [3, 4]]);" +
    "if (a.matMul(a).dataSync().join() !== '7,10,15,22') throw new Error('wrong product');";
  await runCommand("native TensorFlow", process.execPath, ["--require", PRELOAD, "-e", program], {
    env: { ...projectEnvironment(), HEADROOM_TENSORFLOW: "native" },
    timeout: 60_000,
  });
}

/**
 * The ways, best first. The add-on is what each writes last, so a folder that has it is complete.
 * @type {readonly {name: string, folder: string, make: (folder: string, say: (line: string) => void) => Promise<void>}[]}
 */
const ORDER = [
  { name: "the vendor's binary", folder: WAYS.vendor, make: fetchVendorBinary },
  {
    name: "a build against TensorFlow's wheel",
    folder: WAYS.wheel,
    make: async (folder, say) => {
      await fetchLibrary(folder, say);
      await compileAddon(folder, say);
    },
  },
];

/**
 * Begins the longest download while Node's packages are still being installed, where it is clear
 * already that it will be needed. Never fails: `installTensorflow` meets the same error and tells.
 * @param {(line: string) => void} say
 */
export async function prefetchTensorflow(say) {
  if (keptFolder() || (await vendorIsReachable())) return;
  await fetchLibrary(WAYS.wheel, say).catch(() => undefined);
}

/**
 * Makes the native part in one of the two ways and links it. Where neither works, writes down why:
 * the workbook then runs on pure JavaScript.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<{native: boolean, reasons: readonly string[]}>}
 */
export async function installTensorflow(say) {
  mkdirSync(TENSORFLOW_CACHE, { recursive: true });
  /** @type {string[]} */
  const reasons = [];
  for (const { name, folder, make } of ORDER) {
    try {
      if (!existsSync(path.join(folder, ADDON))) await make(folder, say);
      link();
      await tryOut();
      rmSync(REFUSAL, { force: true });
      say(`linked ${name}`);
      return { native: true, reasons };
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      unlink();
      rmSync(path.join(folder, ADDON), { force: true });
      reasons.push(`${name}: ${error.cause}${error.cure ? `\n    ${error.cure}` : ""}`);
      say(`${name} can't be had (${String(error.cause).split("\n")[0]})`);
    }
  }
  writeFileSync(REFUSAL, `${reasons.join("\n")}\n`);
  return { native: false, reasons };
}
