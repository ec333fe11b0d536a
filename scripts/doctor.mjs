// @ts-check
// `npm run doctor`: one line per part of the tool chain: its state, and the cure where it is not right.
import { collectFindings } from "./doctor/findings.mjs";

const MARKS = { right: "ok  ", slower: "slow", wrong: "BAD ", optional: "none" };

let wrong = 0;
for await (const { part, state, text, cure } of collectFindings()) {
  console.log(`${MARKS[state]}  ${part.padEnd(18)} ${text}`);
  if (cure) console.log(`${" ".repeat(25)}cure: ${cure}`);
  if (state === "wrong") wrong++;
}
console.log(
  wrong === 0
    ? "\nAll that is needed is there."
    : `\n${wrong} part${wrong > 1 ? "s need" : " needs"} a cure.`,
);
process.exitCode = wrong === 0 ? 0 : 1;
