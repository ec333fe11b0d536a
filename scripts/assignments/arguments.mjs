// @ts-check
// What every command of `npm run assignments` reads from its arguments.
import path from "node:path";
import { parseArgs } from "node:util";
import { listAssignments } from "@headroom/grader";
import { ROOT } from "../project.mjs";
import { UsageError } from "./usage-error.mjs";

/** The course that is meant when none is named. */
export const COURSE = path.join(ROOT, "notebooks", "assignments");

/** @typedef {import("@headroom/grader").AssignmentFile} AssignmentFile */
/** @typedef {NonNullable<import("node:util").ParseArgsConfig["options"]>} Options */

/**
 * Reads arguments; `--course` is taken by every command.
 * @template {Options} O
 * @param {readonly string[]} args
 * @param {O} options what the command takes besides, as parseArgs wants it
 * @param {string} usage shown when the arguments are wrong
 * @returns {{ course: string, names: string[], values: ReturnType<typeof parseArgs<{ options: O, allowPositionals: true }>>["values"] }}
 * @throws {UsageError} for an option that there is not
 */
export function readArguments(args, options, usage) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...options, course: { type: "string", default: COURSE } },
      allowPositionals: true,
    });
    // The type of a spread of generic options is beyond TypeScript.
    const { course } = /** @type {{ course: string }} */ (/** @type {unknown} */ (values));
    return {
      course: path.resolve(process.env.INIT_CWD ?? ".", course),
      names: positionals,
      values: /** @type {any} */ (values),
    };
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : error}\nnpm run assignments -- ${usage}`,
    );
  }
}

/**
 * The assignments that were meant: by number (`02`), name (`02-skewed-data-metrics`) or the path of a
 * source; all when none was named.
 * @param {string} course
 * @param {readonly string[]} wanted
 * @returns {readonly AssignmentFile[]}
 * @throws {UsageError} for a name that no assignment has
 */
export function findAssignments(course, wanted) {
  const all = listAssignments(course);
  if (wanted.length === 0) return all;
  return wanted.map((text) => {
    const name = path.basename(text).replace(/\.(ts|ipynb)$/, "");
    const found = all.find((each) => each.name === name || each.name.split("-")[0] === name);
    if (found !== undefined) return found;
    const names = all.map((each) => `  ${each.name}`).join("\n");
    throw new UsageError(
      `There is no assignment "${text}". Assignments:\n${names || "  (none yet)"}`,
    );
  });
}

/**
 * The one assignment that was meant.
 * @param {string} course
 * @param {readonly string[]} wanted
 * @param {string} usage shown when there is not exactly one
 * @returns {AssignmentFile}
 */
export function findAssignment(course, wanted, usage) {
  const [found] = wanted.length === 1 ? findAssignments(course, wanted) : [];
  if (found === undefined)
    throw new UsageError(`Which assignment?\nnpm run assignments -- ${usage}`);
  return found;
}
