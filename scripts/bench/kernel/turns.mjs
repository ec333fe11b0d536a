// @ts-check
// What the rounds of the comparison share. In each, the kernels take turns, the first of them
// changing, so that a busy machine slows all alike.
import { FOLDER } from "./contestants.mjs";

/**
 * @typedef {import("./client.mjs").Client} Client
 * @typedef {import("./client.mjs").Result} Result
 * @typedef {import("./contestants.mjs").Contestant} Contestant
 * @typedef {import("./measurements.mjs").Measurements} Measurements
 */

/**
 * What a round works with.
 * @typedef {{ client: Client, kernels: readonly Contestant[], to: Measurements, turns: number }} Round
 */

/** @param {Client} client @param {Contestant} kernel */
export async function start(client, { name, argv, env, interrupt }) {
  return client.do("start", { name, argv, cwd: FOLDER, env, interrupt });
}

/**
 * Runs a cell that must succeed; its time, or what happened instead.
 * @param {Client} client
 * @param {Contestant} kernel
 * @param {string} code
 */
export async function timeCell(client, { name }, code) {
  return timeOf(await client.do("cell", { name, code }));
}

/** @param {Result} result @returns {number | string} */
export function timeOf({ milliseconds, silence, error, status, errors = [] }) {
  if (error) return error;
  if (status === "error") return errors[0] ?? "failed";
  return milliseconds ?? silence ?? "nothing";
}

/**
 * The kernels in the order of one turn.
 * @template T
 * @param {readonly T[]} kernels
 * @param {number} turn
 */
export function inTurn(kernels, turn) {
  const first = turn % kernels.length;
  return [...kernels.slice(first), ...kernels.slice(0, first)];
}

/** @param {Round} round */
export async function startAll({ client, kernels }) {
  for (const kernel of kernels) {
    const { error } = await start(client, kernel);
    if (error) throw new Error(`${kernel.name} does not start: ${error}`);
  }
}

/** @param {Round} round */
export async function stopAll({ client, kernels }) {
  for (const { name } of kernels) await client.do("stop", { name });
}

/**
 * The client's own time for a cell: that of a kernel that does nothing.
 * @param {Client} client
 * @param {Contestant} kernel
 */
export async function clientFloor(client, kernel) {
  await start(client, kernel);
  const times = [];
  for (let n = 0; n < 101; n++) times.push(Number(await timeCell(client, kernel, "1")));
  await client.do("stop", { name: kernel.name });
  return times.sort((a, b) => a - b)[50];
}
