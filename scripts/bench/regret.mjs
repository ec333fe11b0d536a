// @ts-check
// Compares how close our Bayesian optimisation and TPE come to the minima of test functions in 50 trials with
// Keras Tuner's and Optuna's, whose regrets are recorded in tuner/fixtures/regret (with the script that made
// them). Seeds 1 to 20, then 21 to 40. Ends with 1 where a median of ours is worse.
//
//   npm run bench -- regret
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ROOT } from "../project.mjs";

const TRIALS = 50;
const SEEDS = 20;
const TUNER = path.join(ROOT, "tuner");
const PEERS = /** @type {const} */ ({
  "keras-tuner": "bayesianOptimization",
  "optuna-tpe": "tpe",
});
const SOURCES = ["testing/benchmark-functions", "testing/minimize-benchmark", "oracles/tpe"].concat(
  "oracles/bayesian-optimization",
);

/** The test functions are no part of the package: compiles them and what they need by themselves. */
function compile() {
  const folder = mkdtempSync(path.join(TUNER, ".regret-"));
  const config = path.join(folder, "tsconfig.json");
  const files = SOURCES.map((name) => path.join(TUNER, "src", `${name}.ts`));
  const options = { rootDir: path.join(TUNER, "src"), outDir: folder, declaration: false };
  writeFileSync(
    config,
    JSON.stringify({ extends: "../tsconfig.json", compilerOptions: options, include: [], files }),
  );
  const compiler = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler, "-p", config], { stdio: "inherit" });
  return folder;
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

const folder = compile();
try {
  const load = createRequire(path.join(folder, "x.js"));
  const { branin, hartmann6, styblinskiTang4 } = load("./testing/benchmark-functions.js");
  const { regretOf } = load("./testing/minimize-benchmark.js");
  const oracles = {
    bayesianOptimization: load("./oracles/bayesian-optimization.js").bayesianOptimization,
    tpe: load("./oracles/tpe.js").tpe,
  };
  console.log("function          seeds  peer         median    ours                   median");
  for (const benchmark of [branin, hartmann6, styblinskiTang4]) {
    for (const [peer, name] of Object.entries(PEERS)) {
      const file = path.join(TUNER, "fixtures", "regret", `${peer}-${benchmark.name}.json`);
      if (!existsSync(file)) {
        throw new Error(`${file} is missing: tuner/fixtures/regret/record_regret.py makes it`);
      }
      const { regrets } = JSON.parse(readFileSync(file, "utf8"));
      for (const first of [1, 1 + SEEDS]) {
        const seeds = Array.from({ length: SEEDS }, (_, i) => first + i);
        const theirs = median(seeds.map((seed) => regrets[seed]));
        const ours = median(
          seeds.map((seed) =>
            regretOf(oracles[name]({ maxTrials: TRIALS, seed }), benchmark, TRIALS),
          ),
        );
        const columns = [
          benchmark.name.padEnd(17),
          `${first}-${first + SEEDS - 1}`.padEnd(6),
          peer.padEnd(12),
          theirs.toPrecision(3).padEnd(9),
          name.padEnd(22),
          ours.toPrecision(3),
        ];
        console.log(columns.join(" "));
        if (!(ours <= theirs)) {
          process.exitCode = 1;
        }
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
