// @ts-check
// Native TensorFlow as tfjs-node's makers offer it: their C library and their compiled add-on,
// fetched by the package's own installer.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { TFJS_NODE } from "../../project.mjs";
import { SetupError } from "../failure.mjs";
import { runCommand } from "../run-command.mjs";
import { ADDON } from "./versions.mjs";

const WHAT = "native TensorFlow";
const REACH_TIMEOUT_MILLISECONDS = 5_000;
const INSTALL_TIMEOUT_MILLISECONDS = 15 * 60_000;

/** The vendor's host, or the mirror that tfjs-node's installer would use instead. */
function host() {
  const { TFJS_NODE_CDN_STORAGE, npm_config_TFJS_NODE_CDN_STORAGE, CDN_STORAGE } = process.env;
  return (
    TFJS_NODE_CDN_STORAGE ??
    npm_config_TFJS_NODE_CDN_STORAGE ??
    CDN_STORAGE ??
    "https://storage.googleapis.com/"
  );
}

/** True when the vendor's host answers at all; asked first, as its installer would wait for ever. */
export async function vendorIsReachable() {
  try {
    await fetch(host(), {
      method: "HEAD",
      signal: AbortSignal.timeout(REACH_TIMEOUT_MILLISECONDS),
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * Lets the package's installer work on a copy of the package, so that a failure leaves nothing half
 * done, and keeps what it made: `folder/deps` and the add-on.
 * @param {string} folder
 * @param {(line: string) => void} say
 * @throws SetupError where the host is out of reach or has nothing for this system
 */
export async function fetchVendorBinary(folder, say) {
  if (!(await vendorIsReachable())) {
    throw new SetupError(WHAT, `${new URL(host()).host} can't be reached`, "");
  }
  say("downloading the vendor's binary");
  // Inside the project, so that the installer finds its dependencies in node_modules.
  const copy = path.join(folder, "package");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(TFJS_NODE, copy, {
    recursive: true,
    filter: (file) => !["deps", "lib"].includes(path.relative(TFJS_NODE, file).split(path.sep)[0]),
  });
  await runCommand(WHAT, process.execPath, [path.join("scripts", "install.js")], {
    cwd: copy,
    timeout: INSTALL_TIMEOUT_MILLISECONDS,
  });
  const addon = path.join(copy, "lib", "napi-v8", ADDON);
  if (!existsSync(addon)) {
    throw new SetupError(WHAT, "the vendor's installer ended without an add-on", "");
  }
  renameSync(path.join(copy, "deps"), path.join(folder, "deps"));
  renameSync(addon, path.join(folder, ADDON));
  rmSync(copy, { recursive: true });
}
