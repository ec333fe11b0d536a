// @ts-check
// Rounds that time starts and cells.
import { inTurn, start, timeCell, timeOf } from "./turns.mjs";

/**
 * @typedef {import("./contestants.mjs").Contestant} Contestant
 * @typedef {import("./turns.mjs").Round} Round
 */

const UNCHECKED = "// @check off\n";
const SETTLE_MILLISECONDS = 1000;

/**
 * Start, first cell and memory of fresh kernels.
 * @param {Round} round
 */
export async function fresh({ client, kernels, to, turns }) {
  to.row("start to kernel_info", { target: "≤ 300" });
  to.row("first cell", { target: "≤ 30" });
  to.row("memory after start", { unit: "MB", target: "≤ 150" });
  for (let turn = 0; turn < turns; turn++) {
    for (const kernel of inTurn(kernels, turn)) {
      to.add("start to kernel_info", kernel, timeOf(await start(client, kernel)));
      to.add("first cell", kernel, await timeCell(client, kernel, kernel.language.first));
      await settle();
      const { megabytes, error } = await client.do("memory", { name: kernel.name });
      to.add("memory after start", kernel, megabytes ?? String(error));
      await client.do("stop", { name: kernel.name });
    }
  }
}

/**
 * Cells in kernels that run already: a few, then with 200 earlier ones, then with tfjs's types.
 * @param {Round} round
 */
export async function warm({ client, kernels, to, turns }) {
  const checked = "warm cell, types checked";
  const unchecked = "warm cell, unchecked";
  to.row(checked, { target: "≤ 15" });
  to.row(unchecked, { target: "≤ 5" });
  to.row(`${checked}, 200 earlier cells`, { target: "≤ 15" });
  to.row(`${unchecked}, 200 earlier cells`, { target: "≤ 5" });
  to.row("memory after 200 cells", { unit: "MB" });
  to.row(`${checked}, after importing tfjs`, { target: "≤ 25" });
  to.row(`${unchecked}, after importing tfjs`);
  const count = new Map(kernels.map((kernel) => [kernel, 0]));

  /** @param {string} suffix */
  const declareInTurns = async (suffix) => {
    for (let turn = 0; turn < turns; turn++) {
      for (const kernel of inTurn(kernels, turn)) {
        for (const [row, prefix] of variants(kernel)) {
          const n = (count.get(kernel) ?? 0) + 1;
          count.set(kernel, n);
          const time = await timeCell(client, kernel, prefix + kernel.language.declaring(n));
          to.add(row + suffix, kernel, time);
        }
      }
    }
  };
  /** @param {Contestant} kernel @returns {[row: string, prefix: string][]} */
  const variants = ({ checks }) => [
    .../** @type {[string, string][]} */ (checks === "never" ? [] : [[checked, ""]]),
    .../** @type {[string, string][]} */ (
      checks === "always" ? [] : [[unchecked, checks === "both" ? UNCHECKED : ""]]
    ),
  ];

  for (const kernel of kernels) {
    await client.do("cell", { name: kernel.name, code: kernel.language.before });
    for (let n = 1; n <= 5; n++) {
      await client.do("cell", { name: kernel.name, code: kernel.language.declaring(n) });
    }
    count.set(kernel, 5);
  }
  await declareInTurns("");
  for (const kernel of kernels) {
    for (let n = (count.get(kernel) ?? 0) + 1; n <= 200; n++) {
      await client.do("cell", { name: kernel.name, code: kernel.language.declaring(n) });
      count.set(kernel, n);
    }
  }
  await declareInTurns(", 200 earlier cells");
  await settle();
  for (const kernel of kernels) {
    const { megabytes, error } = await client.do("memory", { name: kernel.name });
    to.add("memory after 200 cells", kernel, megabytes ?? String(error));
  }
  await withTensors({ client, kernels, to, turns }, variants);
}

/**
 * @param {Round} round
 * @param {(kernel: Contestant) => [row: string, prefix: string][]} variants
 */
async function withTensors({ client, kernels, to, turns }, variants) {
  const able = kernels.filter(({ language }) => language.tensors !== "");
  for (const kernel of able) {
    const loaded = await timeCell(client, kernel, kernel.language.tensors);
    if (typeof loaded === "string") throw new Error(`${kernel.name} can't load tfjs: ${loaded}`);
  }
  const count = new Map(able.map((kernel) => [kernel, 0]));
  for (let turn = -2; turn < turns; turn++) {
    for (const kernel of inTurn(able, turn + 2)) {
      for (const [row, prefix] of variants(kernel)) {
        const n = (count.get(kernel) ?? 0) + 1;
        count.set(kernel, n);
        const time = await timeCell(client, kernel, prefix + kernel.language.tensor(n));
        if (turn >= 0) to.add(`${row}, after importing tfjs`, kernel, time); // the first two warm up
      }
    }
  }
}

function settle() {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
}
