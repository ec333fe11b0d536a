// @ts-check
// Rounds that time answers, interrupts and floods of output.
import { inTurn, start, timeCell, timeOf } from "./turns.mjs";

/**
 * @typedef {import("./client.mjs").Client} Client
 * @typedef {import("./client.mjs").Result} Result
 * @typedef {import("./contestants.mjs").InterruptKind} InterruptKind
 * @typedef {import("./contestants.mjs").Contestant} Contestant
 * @typedef {import("./turns.mjs").Round} Round
 */

const SPIN_SECONDS = 0.3;
const INTERRUPT_SECONDS = 3;
const FLOOD_SECONDS = 20;

/**
 * Completion, hover and control, idle and while a cell computes.
 * @param {Round} round
 */
export async function questions({ client, kernels, to, turns }) {
  const kinds = /** @type {const} */ ([
    ["completion", "complete_request", "complete"],
    ["hover", "inspect_request", "hover"],
  ]);
  for (const [title] of kinds) to.row(title, { target: "≤ 20" });
  for (const [title] of kinds) to.row(`${title} while a cell computes`, { target: "≤ 20" });
  to.row("kernel_info on control while a cell computes", { target: "≤ 20" });
  for (const kernel of kernels) await timeCell(client, kernel, kernel.language.first);
  for (let turn = -1; turn < turns; turn++) {
    for (const kernel of inTurn(kernels, turn + 1)) {
      for (const [title, kind, part] of kinds) {
        const [code, wanted] = kernel.language[part];
        const content = { code, cursor_pos: code.length, detail_level: 0 };
        const answer = await client.do("ask", { name: kernel.name, kind, content });
        if (turn >= 0) to.add(title, kernel, useful(answer, wanted)); // the first warms up
      }
    }
  }
  await questionsWhileBusy({ client, kernels, to, turns: Math.min(turns, 3) }, kinds);
}

/**
 * @param {Round} round
 * @param {readonly (readonly [title: string, kind: string, part: "complete" | "hover"])[]} kinds
 */
async function questionsWhileBusy({ client, kernels, to, turns }, kinds) {
  for (let turn = 0; turn < turns; turn++) {
    for (const kernel of inTurn(kernels, turn)) {
      const { name, language } = kernel;
      const busy = { name, code: language.spin, after: SPIN_SECONDS };
      for (const [title, kind, part] of kinds) {
        const [code, wanted] = language[part];
        const content = { code, cursor_pos: code.length, detail_level: 0 };
        const answer = await client.do("ask_busy", { ...busy, kind, content });
        to.add(`${title} while a cell computes`, kernel, whileBusy(answer, wanted));
      }
      const info = { kind: "kernel_info_request", content: {}, channel: "control" };
      const answer = await client.do("ask_busy", { ...busy, ...info });
      to.add("kernel_info on control while a cell computes", kernel, whileBusy(answer, ""));
    }
  }
}

/** @param {Result} answer @param {string} wanted */
function useful(answer, wanted) {
  const isUseful = JSON.stringify(answer.reply ?? "").includes(wanted);
  return isUseful ? timeOf(answer) : (answer.error ?? "empty");
}

/** @param {Result} answer @param {string} wanted */
function whileBusy(answer, wanted) {
  return answer.before === false ? "after the cell" : useful(answer, wanted);
}

/**
 * Interrupts of cells that never end. A kernel that goes on is ended, and a new one started.
 * @param {Round} round
 */
export async function interrupts({ client, kernels, to, turns }) {
  const kinds = /** @type {InterruptKind[]} */ (["loop", "loop of awaits", "timer"]);
  for (const kind of kinds) to.row(`interrupt of a ${kind}`, { target: "≤ 50" });
  for (const kernel of kernels)
    await client.do("cell", { name: kernel.name, code: kernel.language.first });
  for (let turn = 0; turn < turns; turn++) {
    for (const kernel of inTurn(kernels, turn)) {
      for (const kind of kinds) {
        const { name, language } = kernel;
        const code = language.endless[kind];
        const limits = { after: SPIN_SECONDS, seconds: INTERRUPT_SECONDS };
        const answer = await client.do("interrupt", { name, code, ...limits });
        const isAlive = !answer.silence && !answer.error && (await keeps(client, kernel));
        to.add(`interrupt of a ${kind}`, kernel, isAlive ? timeOf(answer) : "not stopped");
        if (isAlive) continue;
        await client.do("stop", { name });
        await start(client, kernel);
        await client.do("cell", { name, code: kernel.language.first });
      }
    }
  }
}

/**
 * Whether it still runs cells and knows its variables.
 * @param {Client} client
 * @param {Contestant} kernel
 */
async function keeps(client, { name, language }) {
  const { status } = await client.do("cell", { name, code: language.recall, seconds: 5 });
  return status === "ok";
}

/**
 * Very much output from one cell.
 * @param {Round} round
 */
export async function floods({ client, kernels, to, turns }) {
  const kinds = /** @type {const} */ ([
    ["20,000 lines", "lines", 20_000],
    ["50 MB in 50,000 lines", "megabytes", 50_000],
  ]);
  for (const [title] of kinds) to.row(title);
  for (let turn = 0; turn < turns; turn++) {
    for (const kernel of inTurn(kernels, turn)) {
      for (const [title, part, lines] of kinds) {
        const { name, language } = kernel;
        const values = { name, code: language[part], seconds: FLOOD_SECONDS, lines };
        const answer = await client.do("cell", values);
        to.add(title, kernel, missing(answer) ?? timeOf(answer));
        if (!answer.silence && !answer.error) continue;
        await client.do("stop", { name });
        await start(client, kernel);
      }
    }
  }
}

/** What is wrong with a flood's end, if anything. @param {Result} answer */
function missing({ late = 0, lost = 0 }) {
  if (lost > 0) return `${lost.toLocaleString("en")} lines lost`;
  return late > 0 ? `${late.toLocaleString("en")} lines after idle` : undefined;
}
