import { FULL } from "../hostile";
import { ALL_ATTACKS, type AttackTheme } from "./all-attacks";
import type { Attack } from "./attack";

/** Returns docs/grading-attacks.md: every attack, what it earns, and what the instructor sees. */
export function attacksPage(): string {
  const count = ALL_ATTACKS.reduce((sum, { attacks }) => sum + attacks.length, 0);
  const beside = ALL_ATTACKS.flatMap(({ attacks }) => attacks).filter((one) => one.beside).length;
  return `# Attacks on the grader

${count} hostile submissions of an assignment with ${FULL} points, each judged in the sandbox by \`npm test\`. What an attack
earns is exact: wrong answers stay worthless, whatever comes with them, and right ones keep their points beside an
attack that harms nobody. ${beside} of them (marked †) are judged while an honest submission runs in the next slot, which gets
its full ${FULL} points. "Nothing" in the last column means that there was nothing to tell: the answers were just judged.
How it works is said in [grading.md](grading.md).

${ALL_ATTACKS.map(themeText).join("\n")}`;
}

function themeText({ title, attacks }: AttackTheme): string {
  return `## ${title}

| Attack | What it does | Earns | What the instructor sees |
| --- | --- | --- | --- |
${attacks.map(row).join("\n")}
`;
}

function row({ name, does, deserves, sees, beside }: Attack): string {
  const earns = deserves === "unreadable" ? "unreadable" : `${deserves} of ${FULL}`;
  const cells = [`${name}${beside ? " †" : ""}`, does, earns, sees ?? "nothing"];
  return `| ${cells.map((cell) => cell.replace(/[|_<*`]/g, "\\$&")).join(" | ")} |`;
}
