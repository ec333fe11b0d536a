// @ts-check
// A search that is cheap to kill: `node search-to-kill.mjs DIST JOURNAL ORACLE SEED RUNS`. Says `opened` when it goes on, and when it
// is done prints its trials as JSON. Writes the number of each trial that it begins to the file RUNS.
import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";

const [dist = "", journal, oracle, seed, runs = ""] = process.argv.slice(2);
const tuner = createRequire(path.resolve(dist, "storage", "index.js"));
const { openJournal } = tuner("./journal-file.js");
const { printJson } = tuner("./journal-line.js");
const { Study } = tuner("../study/study.js");
const { hyperband } = tuner("../oracles/hyperband.js");
const { randomSearch } = tuner("../oracles/random-search.js");

const { SearchSpace } = tuner("../search-space/search-space.js");
const { makeChoice, makeFloat, makeInt } = tuner("../search-space/make-parameter.js");

const space = new SearchSpace([
  makeInt("units", { min: 32, max: 512, step: 32 }, []),
  makeFloat("rate", { min: 1e-4, max: 0.1, sampling: "log" }, []),
  makeChoice("kind", ["sgd", "adam"], {}, []),
]);
const storage = openJournal(journal);
const study = new Study({
  objectives: { name: "loss", direction: "min" },
  oracle:
    oracle === "hyperband"
      ? hyperband({ maxEpochs: 27, factor: 3, seed: Number(seed) })
      : randomSearch({ maxTrials: 60, seed: Number(seed) }),
  space,
  maxRetriesPerTrial: 1,
  maxConsecutiveFailedTrials: 1_000,
  storage,
});
study.interrupted();
console.log("opened");
for (;;) {
  const answer = study.ask();
  if (answer.status !== "RUNNING") break;
  const { trial } = answer;
  appendFileSync(runs, `${trial.number}\n`);
  const { units, rate, kind } = trial.values;
  study.note(trial.id, { kind, again: answer.again });
  const from = trial.budget?.initialEpoch ?? 0;
  const to = trial.budget?.epochs ?? 4;
  for (let epoch = from; epoch < to; epoch += 1) {
    await (epoch % 3 === 0 ? setTimeout(1) : setImmediate());
    study.report(trial.id, { loss: Math.sin(units) + rate * 7 + 1 / (epoch + 3), epoch }, epoch);
  }
  const burst = units % 96 === 0 && kind === "sgd";
  study.end(trial.id, burst ? { status: "INVALID", message: "it burst" } : { status: "COMPLETED" });
}
console.log(
  printJson(study.trials.map((/** @type {object} */ trial) => ({ ...trial, metrics: 0 }))),
);
storage.close();
