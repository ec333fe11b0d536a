// @ts-check
// `npm test`: sets up what is missing, then runs all tests; `npm run test:fast` those that take
// less than two minutes together; `npm test -- NAME ...` the stages of these names.
// The last line counts: "N passed, N failed".
import { setUpOrExit } from "./setup.mjs";
import { noCounts, sumCounts } from "./test/counts.mjs";

const args = process.argv.slice(2);
await setUpOrExit();
// Loaded after set-up, as the stages use installed packages.
const { STAGES } = await import("./test/stages.mjs");

const names = args.filter((argument) => !argument.startsWith("-"));
const unknown = [
  ...names.filter((name) => !STAGES.some((stage) => stage.name === name)),
  ...args.filter((argument) => argument.startsWith("-") && argument !== "--fast"),
];
if (unknown.length > 0) {
  const known = STAGES.map((stage) => stage.name).join(", ");
  console.error(`unknown: ${unknown.join(", ")}; expected --fast or stages among: ${known}`);
  process.exit(2);
}
const chosen = STAGES.filter(
  (stage) =>
    (names.length === 0 || names.includes(stage.name)) && (!args.includes("--fast") || stage.fast),
);

/** @type {{title: string, counts: import("./test/counts.mjs").Counts, seconds: number}[]} */
const results = [];
for (const [index, stage] of chosen.entries()) {
  console.log(`\n=== ${index + 1}/${chosen.length} ${stage.name}: ${stage.title}`);
  const started = Date.now();
  let counts = noCounts();
  try {
    counts = await stage.run();
  } catch (error) {
    console.error(`the stage itself failed: ${/** @type {Error} */ (error).stack}`);
    counts = { ...noCounts(), failed: 1 };
  }
  results.push({ title: stage.name, counts, seconds: (Date.now() - started) / 1000 });
}

console.log("\n=== summary");
for (const { title, counts, seconds } of results) {
  const mark = counts.failed > 0 ? "FAILED" : "ok";
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  console.log(
    `${mark.padEnd(7)}${title.padEnd(14)}${counts.passed} passed, ${counts.failed} failed${skipped}` +
      ` (${seconds.toFixed(1)} s)`,
  );
}
const total = sumCounts(results.map(({ counts }) => counts));
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
