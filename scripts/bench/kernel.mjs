// @ts-check
// Compares our kernel with tslab, Deno and ipykernel through one client, in turns, and prints a
// table for docs/benchmarks.md.
//
//   npm run bench -- kernel [--turns N] [--only start,cells,questions,interrupts,floods]
//
// HEADROOM_BENCH_MAIN names another program of ours than kernel/dist/main.js. Ends with 1 where ours
// misses a target.
import os from "node:os";
import { parseArgs } from "node:util";
import { fresh, warm } from "./kernel/cells.mjs";
import { Client } from "./kernel/client.mjs";
import { contestants, floor } from "./kernel/contestants.mjs";
import { Measurements } from "./kernel/measurements.mjs";
import { floods, interrupts, questions } from "./kernel/questions.mjs";
import { clientFloor, startAll, stopAll } from "./kernel/turns.mjs";

const ROUNDS = {
  start: { title: "starts", run: fresh, turns: 5, running: false },
  cells: { title: "cells", run: warm, turns: 15, running: true },
  questions: { title: "completion and hover", run: questions, turns: 15, running: true },
  interrupts: { title: "interrupts", run: interrupts, turns: 5, running: true },
  floods: { title: "floods of output", run: floods, turns: 3, running: true },
};

const { values } = parseArgs({
  options: { turns: { type: "string" }, only: { type: "string" } },
});
const only = values.only?.split(",") ?? Object.keys(ROUNDS);

const kernels = contestants(process.env.HEADROOM_BENCH_MAIN);
const to = new Measurements();
const client = new Client();
try {
  const own = await clientFloor(client, floor());
  for (const [name, { title, run, turns, running }] of Object.entries(ROUNDS)) {
    if (!only.includes(name)) continue;
    const round = { client, kernels, to, turns: Number(values.turns ?? turns) };
    console.error(`[bench] ${title}: ${round.turns} turns of ${kernels.length} kernels`);
    if (running) await startAll(round);
    await run(round);
    if (running) await stopAll(round);
  }
  console.log(to.table(kernels));
  console.log(
    `\nMedians; in brackets ours / theirs. ${os.cpus().length} cores, Node ${process.version}, ` +
      `${new Date().toISOString().slice(0, 10)}. The client itself takes ${own.toFixed(1)} ms of ` +
      "each cell (measured on a kernel that does nothing).",
  );
} finally {
  await client.close();
}
const missed = to.missed(kernels[0].name);
for (const row of missed) console.error(`missed its target: ${row}`);
process.exitCode = missed.length === 0 ? 0 : 1;
