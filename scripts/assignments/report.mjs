// @ts-check
// npm run assignments -- report NAME: the class as a table and as a page.
import path from "node:path";
import { classPage, classTable, writeWhole } from "@headroom/grader";
import { findAssignment, readArguments } from "./arguments.mjs";
import { readClass } from "./class-rows.mjs";

const USAGE = "report NAME";

/**
 * Writes `report/NAME.csv` and `report/NAME.html` into the course's folder.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { course, names } = readArguments(args, {}, USAGE);
  const assignment = findAssignment(course, names, USAGE);
  const result = await readClass(course, assignment);
  if (result.rows.length === 0) {
    console.error(
      `${assignment.name} has no verdicts yet: npm run assignments -- grade ${assignment.name}`,
    );
    return 1;
  }
  for (const [ending, text] of [
    ["csv", classTable(result)],
    ["html", classPage(result)],
  ]) {
    const file = path.join(course, "report", `${assignment.name}.${ending}`);
    writeWhole(file, text);
    console.log(path.relative(process.cwd(), file));
  }
  return 0;
}
