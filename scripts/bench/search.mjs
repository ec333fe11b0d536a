// @ts-check
// Compares a whole hyperparameter search with Keras Tuner's: the lecture's 30 trials of 120 epochs,
// Hyperband, the same digits, space, seed and cores. Ours in one process and in two.
//
//   npm run bench -- search [--turns N]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { PEERS, program, ROOT } from "../project.mjs";
import { oracles, overhead } from "./search/overhead.mjs";

/** @type {typeof import("@headroom/kernel-utils")} */
const { loadDigits } = createRequire(import.meta.url)("@headroom/kernel-utils");

/** @typedef {{ trials: number, epochs: number, score: number, wall: number, cpu: number, memory: number, disk: number }} Took */

const { values } = parseArgs({ options: { turns: { type: "string", default: "3" } } });
const PYTHON = process.env.HEADROOM_PEERS_PYTHON ?? program("python", PEERS);
const HERE = path.join(ROOT, "scripts", "bench", "search");
const TRAIN_ROWS = 1437;

const OURS = path.join(HERE, "ours.mjs");
/** @type {Record<string, (folder: string) => string[]>} */
const ARMS = {
  "Headroom, 1 process": (folder) => [process.execPath, OURS, folder],
  "Headroom, 2 workers": (folder) => [process.execPath, OURS, folder, "2"],
  "Keras Tuner": (folder) => [PYTHON, path.join(HERE, "keras_tuner_search.py"), folder],
};
const PEER = "Keras Tuner";

/** @param {string} folder */
function writeDigits(folder) {
  const { features, labels } = loadDigits();
  const rows = Array.from(labels, (label, i) => ({ label, pixels: features[i] }));
  for (const [part, some] of /** @type {const} */ ([
    ["train", rows.slice(0, TRAIN_ROWS)],
    ["test", rows.slice(TRAIN_ROWS)],
  ])) {
    const pixels = some.flatMap((row) => Array.from(row.pixels, (value) => value / 16));
    writeFileSync(path.join(folder, `${part}-x.bin`), Float32Array.from(pixels));
    const targets = Float32Array.from(some, ({ label }) => label);
    writeFileSync(path.join(folder, `${part}-y.bin`), targets);
  }
}

/**
 * The bytes of all files below a folder.
 * @param {string} folder
 */
function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => statSync(path.join(folder, file)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);
}

/**
 * @param {string} arm
 * @returns {Took}
 */
function run(arm) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "headroom-bench-"));
  try {
    writeDigits(folder);
    const data = sizeOf(folder);
    const command = ARMS[arm](folder);
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", CUDA_VISIBLE_DEVICES: "" };
    const printed = execFileSync(PYTHON, [path.join(HERE, "measured.py"), ...command], {
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: 1 << 28,
    });
    return { ...JSON.parse(printed), disk: sizeOf(folder) - data };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @type {Map<string, Took[]>} */
const took = new Map(Object.keys(ARMS).map((arm) => [arm, []]));
for (let turn = 0; turn < Number(values.turns); turn++) {
  for (const arm of Object.keys(ARMS)) {
    console.error(`[bench] turn ${turn + 1}: ${arm}`);
    took.get(arm)?.push(run(arm));
  }
}

/**
 * @param {string} arm
 * @param {keyof Took} figure
 */
function median(arm, figure) {
  const all = (took.get(arm) ?? []).map((one) => one[figure]).sort((a, b) => a - b);
  return all[Math.floor(all.length / 2)];
}

/** @type {[keyof Took, string, number][]} */
const FIGURES = [
  ["wall", "wall time, s", 1],
  ["cpu", "processor time, s", 1],
  ["memory", "peak memory of a process, MB", 1],
  ["disk", "disk, MB", 2 ** 20],
  ["trials", "trials", 1],
  ["epochs", "epochs", 1],
  ["score", "best val_accuracy", 1],
];
console.log(`| | ${Object.keys(ARMS).join(" | ")} |\n|---|${"---:|".repeat(took.size)}`);
for (const [figure, title, unit] of FIGURES) {
  const theirs = median(PEER, figure);
  const cells = [...took.keys()].map((arm) => {
    const value = median(arm, figure);
    const shown = (value / unit).toFixed(figure === "score" ? 4 : value / unit < 10 ? 2 : 0);
    const isRatio = arm !== PEER && !["trials", "epochs", "score"].includes(figure);
    return isRatio ? `${shown} (${(value / theirs).toFixed(2)})` : shown;
  });
  console.log(`| ${title} | ${cells.join(" | ")} |`);
}
console.log(
  `\nMedians of ${values.turns} turns; in brackets ours / theirs. ${os.cpus().length} cores, Node ` +
    `${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
);
console.log("\nThe tuner's own work for a trial, ms, journal and all:\n");
const folder = mkdtempSync(path.join(os.tmpdir(), "headroom-bench-"));
try {
  for (const trials of [1000, 10_000]) {
    for (const [name, oracle] of Object.entries(oracles(trials))) {
      console.log(`| ${name}, ${trials} trials | ${overhead(oracle, trials, folder).toFixed(3)} |`);
    }
  }
  const command = [path.join(HERE, "oracle_overhead.py"), folder, "1000"];
  const peer = Number(
    execFileSync(PYTHON, command, { encoding: "utf8" }).trim().split("\n").at(-1),
  );
  console.log(`| Keras Tuner, random search, 1000 trials | ${peer.toFixed(3)} |`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const most = median("Headroom, 2 workers", "wall") / median(PEER, "wall");
const TARGET = 0.1;
if (most > TARGET) console.error(`missed its target: wall time at most a tenth of ${PEER}'s`);
process.exitCode = most > TARGET ? 1 : 0;
