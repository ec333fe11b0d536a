// @ts-check
// The processes that train, one line of JSON for each question and answer.
import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import { PEERS, program, ROOT } from "../../project.mjs";

/** @typedef {{ wall: number, cpu: number, loss: number }} Took milliseconds, and the mean loss */

const HERE = path.join(ROOT, "scripts", "bench", "training");
const PYTHON = process.env.HEADROOM_PEERS_PYTHON ?? program("python", PEERS);
const ONE_THREAD = { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1" };
const NODE = [process.execPath, path.join(HERE, "node_arm.mjs")];
const KERAS = [PYTHON, path.join(HERE, "keras_arm.py")];

/**
 * Who takes part: the name of its column, the program, its arm there, what to set for the process.
 * Arms of one program and environment share a process.
 * @typedef {{ name: string, command: string[], arm: string, env: Record<string, string> }} Contestant
 */

/** Whom all others are compared with. */
export const OURS = "Headroom";

/** @type {readonly Contestant[]} */
export const CONTESTANTS = [
  { name: OURS, command: NODE, arm: "ours", env: {} },
  { name: "Headroom, 1 thread", command: NODE, arm: "ours", env: ONE_THREAD },
  { name: "tfjs-node fit", command: NODE, arm: "stock", env: {} },
  { name: "Keras fit", command: KERAS, arm: "fit", env: {} },
  { name: "Keras fit, 25 steps a call", command: KERAS, arm: "fit, 25 steps", env: {} },
  { name: "Keras train function", command: KERAS, arm: "train function", env: {} },
  { name: "Keras, XLA", command: KERAS, arm: "jit", env: {} },
];

/** A process that trains when asked. */
export class Side {
  /**
   * @param {Pick<Contestant, "command" | "env">} contestant
   * @param {string} folder
   */
  constructor({ command: [file = "", ...rest], env }, folder) {
    this.child = spawn(file, [...rest, folder], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", CUDA_VISIBLE_DEVICES: "", ...env },
    });
    this.lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.file = rest[0] ?? file;
  }

  /**
   * Sends a command and waits for its answer; throws when the process has ended.
   * @param {string} command
   * @param {Record<string, unknown>} [more]
   */
  async ask(command, more = {}) {
    this.child.stdin.write(`${JSON.stringify({ command, ...more })}\n`);
    const { value, done } = await this.lines.next();
    if (done) {
      const { exitCode, signalCode } = this.child;
      throw new Error(`${this.file} ended early (${signalCode ?? exitCode}); see above.`);
    }
    return JSON.parse(value);
  }

  stop() {
    this.child.stdin.end();
  }
}

/**
 * One process for each program and environment.
 * @param {readonly Contestant[]} contestants
 * @param {string} folder
 * @returns {Map<Contestant, Side>}
 */
export function startSides(contestants, folder) {
  /** @type {Map<string, Side>} */
  const running = new Map();
  return new Map(
    contestants.map((contestant) => {
      const { command, env } = contestant;
      const key = JSON.stringify([command, env]);
      const side = running.get(key) ?? new Side(contestant, folder);
      running.set(key, side);
      return [contestant, side];
    }),
  );
}
