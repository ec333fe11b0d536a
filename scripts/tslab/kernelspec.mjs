// @ts-check
import path from "node:path";

/**
 * The kernel.json of the kernel `tslab`, which runs tslab through the launcher beside this file.
 *
 * @param {string} root the project's folder, as an absolute path
 * @param {string} node the program `node`, as an absolute path
 */
export function kernelspec(root, node) {
  return {
    argv: [node, path.join(root, "scripts", "tslab", "launch.cjs"), "{connection_file}"],
    display_name: "TypeScript (tslab)",
    language: "typescript",
    // A signal reaches a loop that never awaits; Windows has none.
    interrupt_mode: process.platform === "win32" ? "message" : "signal",
    env: { TF_CPP_MIN_LOG_LEVEL: "2" },
    metadata: { debugger: false },
  };
}
