// @ts-check
// Which TensorFlow is used, in one place.
import path from "node:path";
import { CACHE } from "../../project.mjs";

/** The version of @tensorflow/tfjs-node whose native part is provided. */
const TFJS_NODE_VERSION = "4.22.0";

/**
 * The TensorFlow whose C library is taken from its Python wheel. 2.15.1 is the newest that rounds
 * int32 tensors rightly under tfjs-node; 2.9 to 2.11 carry no usable library, 2.21 gives zeros.
 */
export const WHEEL_VERSION = "2.15.1";

/** The Python for which the wheel was made; it need not be the one installed here. */
export const WHEEL_PYTHON = "3.11";

/** @type {Record<string, {project: string, platform: string} | undefined>} wheels by system */
const WHEELS = {
  "linux-x64": { project: "tensorflow-cpu", platform: "manylinux2014_x86_64" },
  "linux-arm64": { project: "tensorflow-cpu-aws", platform: "manylinux2014_aarch64" },
};

/** The wheel that fits this system, or undefined where none is known to. */
export function wheelForThisSystem() {
  return WHEELS[`${process.platform}-${process.arch}`];
}

/** The folder in which all that belongs to native TensorFlow is kept. */
export const TENSORFLOW_CACHE = path.join(CACHE, "tensorflow");

/** The two ways to native TensorFlow, best first, and the folder where each keeps its result. */
export const WAYS = {
  vendor: path.join(TENSORFLOW_CACHE, `vendor-${TFJS_NODE_VERSION}`),
  wheel: path.join(TENSORFLOW_CACHE, `wheel-${WHEEL_VERSION}-tfjs-node-${TFJS_NODE_VERSION}`),
};

/** The add-on's file inside a kept folder. */
export const ADDON = "tfjs_binding.node";
