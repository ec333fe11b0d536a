// @ts-check
// Times the metrics of kernel-utils against scikit-learn, on the same million samples.
//
// Both sides stay up and take turns call by call, so that a busy machine slows both alike;
// start-up, reading of data and each first call are not counted. The results are compared too: a
// fast wrong answer stops the run. Ends with 1 where a median takes more than twice as long as the
// peer's.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { PEERS, program, ROOT } from "../project.mjs";

const SAMPLES = 1_000_000;
const PAIRS = 7;
const MOST_ALLOWED = 2;
const LIBRARY = path.join(ROOT, "kernel-utils", "dist", "index.js");
const PEERS_PYTHON = process.env.HEADROOM_PEERS_PYTHON ?? program("python", PEERS);

if (!existsSync(LIBRARY)) {
  execFileSync("npx", ["tsc", "-p", "kernel-utils"], { cwd: ROOT, stdio: "inherit" });
}
/** @type {typeof import("@headroom/kernel-utils")} */
const ours = createRequire(import.meta.url)(LIBRARY);

/** Binary and ten-class labels, and scores that lean towards the truth. */
function makeColumns() {
  const random = new ours.SeededRandom(1);
  const fill = (/** @type {(i: number) => number} */ of) =>
    Int32Array.from({ length: SAMPLES }, (_, i) => of(i));
  const actual = fill(() => (random.random() < 0.1 ? 1 : 0));
  const predicted = fill((i) => (random.random() < 0.05 ? 1 - actual[i] : actual[i]));
  const actual10 = fill(() => Math.floor(10 * random.random()));
  const predicted10 = fill((i) =>
    random.random() < 0.2 ? Math.floor(10 * random.random()) : actual10[i],
  );
  const scores = Float64Array.from(actual, (label) => 0.7 * random.random() + 0.3 * label);
  return { actual, predicted, actual10, predicted10, scores };
}

/**
 * Our calls: the name of the peer's metric, the kind of column, and what to run. Each returns a
 * number that the peer's call returns as well.
 * @param {ReturnType<typeof makeColumns>} columns
 * @param {readonly string[]} texts
 * @returns {[metric: string, input: string, run: () => number][]}
 */
function makeCalls(columns, texts) {
  const { actual, predicted, actual10, predicted10, scores } = columns;
  const plain = {
    actual: Array.from(actual),
    predicted: Array.from(predicted),
    scores: Array.from(scores),
    classes: /** @type {const} */ ([Array.from(actual10), Array.from(predicted10)]),
    texts: /** @type {const} */ ([
      Array.from(actual10, (label) => texts[label]),
      Array.from(predicted10, (label) => texts[label]),
    ]),
  };
  const floats = new Float32Array(scores);
  // Multiplied and divided as NumPy's round does, so that both sides have the same ties.
  const rounded = scores.map((score) => Math.round(score * 1000) / 1000);
  const macroF1 = (/** @type {InstanceType<typeof ours.ClassificationReport>} */ report) =>
    report.rows[report.rows.length - 2].f1;
  return [
    ["binary confusion", "typed", () => ours.binaryConfusion(actual, predicted).tp],
    ["binary confusion", "plain", () => ours.binaryConfusion(plain.actual, plain.predicted).tp],
    ["accuracy", "typed", () => ours.accuracy(actual, predicted)],
    ["accuracy", "plain", () => ours.accuracy(plain.actual, plain.predicted)],
    ["precision", "typed", () => ours.precision(actual, predicted).value],
    ["recall", "typed", () => ours.recall(actual, predicted).value],
    ["F1", "typed", () => ours.f1(actual, predicted).value],
    ["Matthews correlation", "typed", () => ours.matthewsCorrelation(actual, predicted).value],
    ["10-class confusion", "typed", () => ours.confusionMatrix(actual10, predicted10).correct()],
    ["10-class confusion", "plain", () => ours.confusionMatrix(...plain.classes).correct()],
    ["10-class report", "typed", () => macroF1(ours.classificationReport(actual10, predicted10))],
    ["text confusion", "plain", () => ours.confusionMatrix(...plain.texts).correct()],
    ["text report", "plain", () => macroF1(ours.classificationReport(...plain.texts))],
    ["AUROC", "typed", () => ours.auroc(actual, scores)],
    ["AUROC", "plain", () => ours.auroc(plain.actual, plain.scores)],
    ["AUROC, 32-bit scores", "typed", () => ours.auroc(actual, floats)],
    ["AUROC, many ties", "typed", () => ours.auroc(actual, rounded)],
    ["ROC curve", "typed", () => ours.rocCurve(actual, scores).thresholds.length],
    ["average precision", "typed", () => ours.averagePrecision(actual, scores)],
    ["average precision", "plain", () => ours.averagePrecision(plain.actual, plain.scores)],
    ["PR curve", "typed", () => ours.precisionRecallCurve(actual, scores).precision.length],
    [
      "PR curve",
      "plain",
      () => ours.precisionRecallCurve(plain.actual, plain.scores).recall.length,
    ],
  ];
}

/**
 * Starts scikit-learn on the columns written to `folder`; ask it for one timed call at a time.
 * @param {string} folder
 */
async function startPeer(folder) {
  const script = path.join(ROOT, "scripts", "bench", "metrics_peer.py");
  const peer = spawn(PEERS_PYTHON, [script, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = readline.createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error("scikit-learn's side ended early; its message stands above.");
    return JSON.parse(value);
  };
  const { version } = await answer();
  /** @returns {Promise<{ milliseconds: number, value: number }>} */
  const ask = (/** @type {string} */ metric) => {
    peer.stdin.write(`${metric}\n`);
    return answer();
  };
  return { version, ask, stop: () => peer.stdin.end() };
}

/** @param {() => number} run */
function timed(run) {
  const start = performance.now();
  const value = run();
  return { milliseconds: performance.now() - start, value };
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** @param {readonly string[]} cells */
function print(cells) {
  const widths = [22, 7, 9, 17, 7];
  const padded = cells.map((cell, c) =>
    c < 2 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]),
  );
  console.log(padded.join(""));
}

/**
 * Prints the table.
 * @param {Awaited<ReturnType<typeof startPeer>>} peer
 * @param {ReturnType<typeof makeCalls>} calls
 */
async function compare(peer, calls) {
  console.log(
    `${SAMPLES.toLocaleString("en")} samples, median of ${PAIRS} alternating calls, ` +
      `Node ${process.version}, scikit-learn ${peer.version}`,
  );
  print(["metric", "input", "ours ms", "scikit-learn ms", "ratio"]);
  for (const [metric, input, run] of calls) {
    const warmUp = [timed(run), await peer.ask(metric)];
    if (Math.abs(warmUp[0].value - warmUp[1].value) > 1e-9) {
      throw new Error(`${metric}: ours is ${warmUp[0].value}, the peer's ${warmUp[1].value}.`);
    }
    /** @type {{ milliseconds: number }[][]} */
    const pairs = [];
    for (let k = 0; k < PAIRS; k++) pairs.push([timed(run), await peer.ask(metric)]);
    const [mine, theirs] = [0, 1].map((side) =>
      median(pairs.map((pair) => pair[side].milliseconds)),
    );
    print([metric, input, mine.toFixed(1), theirs.toFixed(1), (mine / theirs).toFixed(2)]);
    if (mine > MOST_ALLOWED * theirs) process.exitCode = 1;
  }
}

const folder = mkdtempSync(path.join(os.tmpdir(), "headroom-metrics-"));
try {
  const texts = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  const columns = makeColumns();
  for (const [name, column] of Object.entries(columns)) {
    writeFileSync(path.join(folder, `${name}.bin`), column);
  }
  writeFileSync(path.join(folder, "texts.json"), JSON.stringify(texts));
  const peer = await startPeer(folder);
  try {
    await compare(peer, makeCalls(columns, texts));
  } finally {
    peer.stop();
  }
} finally {
  rmSync(folder, { recursive: true });
}
