// @ts-check
// Times training against stock tfjs-node and Keras: the same networks, first weights and data.
//
//   npm run bench -- training [--turns N] [--only NETWORK,...] [--arms NAME,...] [--models N]
//
// All sides stay up and take turns, so that a busy machine slows all alike; the first of a turn
// changes. All begin with the same weights, must come to the same loss in the first steps and to a
// lower one in the end: a fast wrong training stops the run. --only and --arms take beginnings
// of names. --models N also makes, trains and disposes of N different networks, and shows the memory.
// HEADROOM_BENCH_TRAINER names another build of ours than trainer/dist/index.js.
// Ends with 1 where an epoch takes longer than the best of Keras.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { CONFIGURATIONS, FIRST_STEPS, widened } from "./training/configurations.mjs";
import { writeData } from "./training/data.mjs";
import { CONTESTANTS, OURS, Side, startSides } from "./training/sides.mjs";

/** @typedef {import("./training/configurations.mjs").Configuration} Configuration */
/** @typedef {import("./training/sides.mjs").Contestant} Contestant */
/** @typedef {import("./training/sides.mjs").Took} Took */

const { values } = parseArgs({
  options: {
    turns: { type: "string", default: "5" },
    only: { type: "string", default: "" },
    arms: { type: "string", default: "" },
    models: { type: "string", default: "0" },
  },
});
const TURNS = Number(values.turns);
/** How near each other the first losses of all arms lie, relative to the first arm's. */
const AGREEMENT = 1e-3;
const FEW_MODELS = 50;
/** New networks of each configuration; they take Keras seconds. */
const NEW_NETWORKS = 3;

/**
 * Those whose name begins with one of the texts, which commas part.
 * @template {{ name: string }} T
 * @param {readonly T[]} all
 * @param {string} beginnings
 */
function chosen(all, beginnings) {
  return all.filter(({ name }) => beginnings.split(",").some((begin) => name.startsWith(begin)));
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const contestants = chosen(CONTESTANTS, values.arms);
const configurations = chosen(CONFIGURATIONS, values.only);

/** Milliseconds: of a step's wall and processor time, and of the first epochs of new models. */
class Times {
  constructor() {
    /** @type {Map<string, Map<string, number[]>>} */
    this.figures = new Map();
  }

  /**
   * @param {string} figure
   * @param {Contestant} contestant
   * @param {number} value
   */
  add(figure, { name }, value) {
    const of = this.figures.get(figure) ?? new Map();
    this.figures.set(figure, of);
    of.set(name, [...(of.get(name) ?? []), value]);
  }

  /**
   * The median, NaN where nothing was measured.
   * @param {string} figure
   * @param {string} name
   */
  median(figure, name) {
    return median(this.figures.get(figure)?.get(name) ?? [Number.NaN]);
  }

  /**
   * A row of the table: ours plainly, of the others theirs and ours / theirs.
   * @param {string} figure
   * @param {number} unit
   */
  row(figure, unit) {
    const ours = this.median(figure, OURS);
    return contestants.map(({ name }) => {
      const value = this.median(figure, name);
      const shown = (value / unit).toPrecision(2);
      const plain = Number(shown).toString();
      return name === OURS || Number.isNaN(ours)
        ? plain
        : `${plain} (${(ours / value).toFixed(2)})`;
    });
  }
}

/**
 * Trains each arm's model a little, from the same weights, and then a whole epoch; returns the loss
 * of the first steps. Throws when the arms disagree about it.
 * @param {Map<Contestant, Side>} sides
 * @param {Configuration} configuration
 * @param {string} folder
 */
async function warmUp(sides, configuration, folder) {
  writeData(folder, configuration);
  for (const side of new Set(sides.values())) await side.ask("prepare", { configuration });
  const node = [...sides].find(([{ arm }]) => arm === "stock" || arm === "ours")?.[1];
  if (!node) throw new Error("The first weights come from Node: let one of its arms take part.");
  await node.ask("weights");
  /** @type {number | undefined} */
  let expected;
  for (const [{ name, arm }, side] of sides) {
    /** @type {Took} */
    const { loss } = await side.ask("warm", { arm });
    expected ??= loss;
    if (!(Math.abs(loss - expected) <= AGREEMENT * expected)) {
      throw new Error(`${configuration.name}: ${name} has the loss ${loss}, not ${expected}.`);
    }
    await side.ask("epoch", { arm });
  }
  return expected ?? Number.NaN;
}

/**
 * Times epochs and new models; throws when a loss has not fallen.
 * @param {Map<Contestant, Side>} sides
 * @param {Configuration} configuration
 * @param {number} firstLoss
 */
async function compare(sides, configuration, firstLoss) {
  const { name, steps } = configuration;
  const times = new Times();
  const all = [...sides];
  for (let turn = 0; turn < TURNS; turn++) {
    const first = turn % all.length;
    for (const [contestant, side] of [...all.slice(first), ...all.slice(0, first)]) {
      /** @type {Took} */
      const epoch = await side.ask("epoch", { arm: contestant.arm });
      if (!(epoch.loss < firstLoss)) {
        throw new Error(`${name}: ${contestant.name} does not learn: ${firstLoss}, ${epoch.loss}.`);
      }
      times.add("wall", contestant, epoch.wall / steps);
      times.add("cpu", contestant, epoch.cpu / steps);
      if (turn >= NEW_NETWORKS) continue;
      const unseen = widened(configuration, turn + 1);
      for (const figure of ["first", "again"]) {
        /** @type {Took} */
        const start = await side.ask("first epoch", {
          arm: contestant.arm,
          configuration: unseen,
        });
        times.add(figure, contestant, start.wall);
      }
    }
  }
  return times;
}

/** @param {readonly string[]} cells */
const printRow = (cells) => console.log(`| ${cells.join(" | ")} |`);

/**
 * @param {string} title
 * @param {Map<Configuration, Times>} measured
 * @param {string} figure
 * @param {number} unit
 */
function printTable(title, measured, figure, unit) {
  printRow([title, ...contestants.map(({ name }) => name)]);
  console.log(`|---|${"---:|".repeat(contestants.length)}`);
  for (const [{ name }, times] of measured) printRow([name, ...times.row(figure, unit)]);
  console.log("");
}

/**
 * The networks whose epoch takes us longer than the quickest of Keras's ways.
 * @param {Map<Configuration, Times>} measured
 */
function missed(measured) {
  const keras = contestants.filter(({ name }) => name.startsWith("Keras"));
  return [...measured].filter(([, times]) =>
    keras.some(({ name }) => times.median("wall", OURS) > times.median("wall", name)),
  );
}

/**
 * The largest memory of a process of its own after a few models and after many.
 * @param {string} folder
 */
async function printMemory(folder) {
  const [configuration] = CONFIGURATIONS;
  writeData(folder, configuration);
  const many = Number(values.models);
  printRow(["networks made, trained, disposed of", `${FEW_MODELS}, MB`, `${many}, MB`, "each, s"]);
  console.log("|---|---:|---:|---:|");
  for (const contestant of contestants) {
    const side = new Side(contestant, folder);
    const { arm, name } = contestant;
    await side.ask("prepare", { configuration });
    const memory = [];
    const start = performance.now();
    for (let more = 1; more <= many; more++) {
      await side.ask("first epoch", { arm, configuration: widened(configuration, more) });
      await side.ask("tidy");
      if (more === FEW_MODELS || more === many) memory.push((await side.ask("memory")).bytes);
    }
    const each = (performance.now() - start) / many / 1000;
    side.stop();
    const mega = memory.map((bytes) => (bytes / 2 ** 20).toFixed(0));
    printRow([name, ...mega, each.toFixed(3)]);
  }
  console.log("");
}

const folder = mkdtempSync(path.join(os.tmpdir(), "headroom-training-"));
/** @type {Map<Configuration, Times>} */
const measured = new Map();
try {
  const sides = startSides(contestants, folder);
  try {
    for (const configuration of configurations) {
      console.error(`[bench] ${configuration.name}: ${TURNS} turns of ${sides.size} arms`);
      const firstLoss = await warmUp(sides, configuration, folder);
      measured.set(configuration, await compare(sides, configuration, firstLoss));
    }
  } finally {
    for (const side of sides.values()) side.stop();
  }
  printTable("wall time of a step, ms", measured, "wall", 1);
  printTable("processor time of a step, ms", measured, "cpu", 1);
  printTable(`a new network's first ${FIRST_STEPS} steps, s`, measured, "first", 1000);
  printTable("the same of a second model of it, s", measured, "again", 1000);
  if (Number(values.models) > FEW_MODELS) await printMemory(folder);
  console.log(
    `Medians of ${TURNS} turns; in brackets ours / theirs. ${os.cpus().length} cores, Node ` +
      `${process.version}, ${new Date().toISOString().slice(0, 10)}.`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const late = missed(measured);
for (const [{ name }] of late) console.error(`missed its target: ${name}: slower than Keras`);
process.exitCode = late.length === 0 ? 0 : 1;
