// @ts-check
// Tells the client what to do, and takes its answers.
import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import { program, ROOT } from "../../project.mjs";

/**
 * What came of a command. `milliseconds` is null where the kernel did not do it; `silence` then
 * says what it failed to say.
 * @typedef {object} Result
 * @property {number | null} [milliseconds]
 * @property {string | null} [silence]
 * @property {string} [error] the client itself could not do it
 * @property {string} [status]
 * @property {string[]} [errors]
 * @property {string | null} [result]
 * @property {number} [late] lines of output that came after idle
 * @property {number} [lost] lines of output that never came
 * @property {number} [megabytes]
 * @property {boolean} [before] the answer came before the cell's end
 * @property {unknown} [reply]
 */

/** The client's process; one command at a time. */
export class Client {
  #child = spawn(
    program("python"),
    [path.join(ROOT, "scripts", "bench", "kernel", "kernel_client.py")],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  #answers = readline.createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();

  /**
   * @param {string} command one of `COMMANDS` in kernel_client.py
   * @param {Record<string, unknown>} values
   * @returns {Promise<Result>}
   */
  async do(command, values) {
    this.#child.stdin.write(`${JSON.stringify({ do: command, ...values })}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("The client ended early; its message stands above.");
    return JSON.parse(value);
  }

  /** Ends it and all kernels that still run. */
  async close() {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await new Promise((end) => this.#child.once("close", end));
  }
}
