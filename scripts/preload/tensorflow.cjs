// @ts-check
// Lets `@tensorflow/tfjs-node` load everywhere: on a Node that lacks what it calls, and, where its
// native part is missing, as TensorFlow.js in plain JavaScript. Load it before all else, as in
// node --require ./scripts/preload/tensorflow.cjs; HEADROOM_TENSORFLOW=javascript does without the
// native part in any case.
"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");
const util = require("node:util");

/**
 * @typedef {{ kind: "native" | "javascript", version: string, reason: string }} TensorFlowState
 *   `version` is that of the native TensorFlow, else of TensorFlow.js; `reason` says why it is so
 * @typedef {typeof import("@tensorflow/tfjs")} TensorFlow
 */

// The native library writes its log past the notebook, to the terminal: warnings and errors only.
process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";

// tfjs-node 4.22 calls both. Node 22 warns of them, Node 23 has them no more.
Object.assign(util, {
  isArray: Array.isArray,
  /** @param {unknown} value */
  isNullOrUndefined: (value) => value === null || value === undefined,
});

const NATIVE_ENTRY = path.join("@tensorflow", "tfjs-node", "dist", "index.js");
const CALLBACKS = path.join("@tensorflow", "tfjs-node", "dist", "callbacks.js");
const PORTABLE_ENTRY = path.join("@tensorflow", "tfjs", "dist", "tf.node.js");

/** @type {TensorFlowState | undefined} */
let state;
let isNoticeWanted = true;

/** @type {((tf: TensorFlow) => void)[]} */
const listeners = [];

const compile = require.extensions[".js"];
/** @type {(module: NodeJS.Module, filename: string) => void} */
const compileOrReplace = (loaded, filename) => {
  if (filename.endsWith(NATIVE_ENTRY)) {
    loadTensorFlow(loaded, filename);
    return;
  }
  compile(loaded, filename);
  if (filename.endsWith(PORTABLE_ENTRY)) {
    for (const listener of listeners) listener(loaded.exports);
  }
  if (filename.endsWith(CALLBACKS)) omitBarsOffTerminals(loaded.exports.progressBarHelper);
};
require.extensions[".js"] = compileOrReplace;

/**
 * Fills the module of tfjs-node's entry, natively where that is possible.
 *
 * @param {NodeJS.Module} loaded
 * @param {string} filename
 */
function loadTensorFlow(loaded, filename) {
  const reason = attemptNative(loaded, filename);
  const requireThere = createRequire(filename);
  if (reason === undefined) {
    state = {
      kind: "native",
      version: nativeVersion(requireThere),
      reason: "its native part loads",
    };
    return;
  }
  loaded.exports = portableTensorFlow(requireThere);
  state = { kind: "javascript", version: loaded.exports.version.tfjs, reason };
  if (isNoticeWanted) console.log(NOTICE);
}

// Measured with two threads, per epoch: 20-50-1 units .5 times, 64-128-10 1.3 times, 784-256-128-10
// 22 times, two convolutions of 28 x 28 pixels 218 times as long as natively.
const NOTICE =
  "TensorFlow runs in plain JavaScript here, as its native part is missing. Results are the same to " +
  "rounding; small networks train as fast, wide ones 20 times and convolutions 200 times slower. " +
  "`npm run doctor` tells the cure.";

/**
 * @param {NodeJS.Module} loaded
 * @param {string} filename
 * @returns {string | undefined} why the native part can't be had, in one line; undefined if it can
 */
function attemptNative(loaded, filename) {
  if (process.env.HEADROOM_TENSORFLOW === "javascript") return "HEADROOM_TENSORFLOW asks for it";
  try {
    compile(loaded, filename);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (message.includes("can not be found at path")) return "its native part has not been built";
    return `its native part does not load: ${message.split("\n")[0]}`;
  }
}

/**
 * The progress bar of `fit` draws nothing where there is no terminal, and yet ends every epoch with
 * an empty line on stderr. Then there shall be no bar; the lines with the losses stay.
 *
 * @param {{ ProgressBar: new (...parameters: unknown[]) => { tick(...values: unknown[]): void } }}
 *   helper of tfjs-node's
 */
function omitBarsOffTerminals(helper) {
  const { ProgressBar } = helper;
  /** @param {unknown[]} parameters */
  function BarOnTerminals(...parameters) {
    return process.stderr.isTTY ? new ProgressBar(...parameters) : { tick() {} };
  }
  Object.assign(helper, { ProgressBar: BarOnTerminals });
}

/**
 * What tfjs-node exports, with the backend of TensorFlow.js that needs nothing native. Saving and
 * loading files works; `node.decodeImage` and its kin refuse, as they need the native backend.
 *
 * @param {NodeJS.Require} requireThere
 */
function portableTensorFlow(requireThere) {
  /** @type {TensorFlow} */
  const tf = requireThere("@tensorflow/tfjs");
  const { nodeFileSystemRouter } = requireThere("./io/file_system");
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
  tf.registerCallbackConstructor(1, requireThere("./callbacks").ProgbarLogger);
  void tf.setBackend("cpu"); // done when it returns: this backend has nothing to wait for
  // The backend would greet with advice to install tfjs-node, on stderr.
  Object.assign(tf.backend(), { firstUse: false });
  return Object.create(Object.prototype, {
    ...Object.getOwnPropertyDescriptors(tf),
    ...Object.getOwnPropertyDescriptors(requireThere("./node")),
    io: { value: { ...tf.io, ...requireThere("./io/index") }, enumerable: true },
    version: {
      value: { ...tf.version, "tfjs-node": requireThere("./version").version },
      enumerable: true,
    },
  });
}

/** @param {NodeJS.Require} requireThere */
function nativeVersion(requireThere) {
  const addon = Object.values(requireThere.cache).find((m) => m?.id.endsWith("tfjs_binding.node"));
  return String(addon?.exports.TF_Version ?? "unknown");
}

/**
 * Which TensorFlow runs, found out by loading it, without a notice.
 *
 * @returns {TensorFlowState}
 */
function tensorflowState() {
  isNoticeWanted = false;
  require("@tensorflow/tfjs-node");
  if (state === undefined) throw new Error("@tensorflow/tfjs-node was loaded before this file");
  return state;
}

/**
 * Has `listener` called when TensorFlow.js has been loaded, before whoever asked for it sees it.
 *
 * @param {(tf: TensorFlow) => void} listener
 */
function onTensorFlowLoaded(listener) {
  listeners.push(listener);
}

module.exports = { onTensorFlowLoaded, tensorflowState };
