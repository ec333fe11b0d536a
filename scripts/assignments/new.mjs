// @ts-check
// npm run assignments -- new NN-slug "Title": begins an assignment that proves already.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { listAssignments } from "@headroom/grader";
import { ROOT } from "../project.mjs";
import { readArguments } from "./arguments.mjs";
import { UsageError } from "./usage-error.mjs";

const TEMPLATE = path.join(ROOT, "scripts", "assignments", "new-assignment.template.txt");
const USAGE = 'new NN-slug "Title"';

/**
 * Writes the text source of a new assignment: three exercises to be replaced by better ones.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const { course, names } = readArguments(args, {}, USAGE);
  const [name, title, ...more] = names;
  if (name === undefined || title === undefined || more.length > 0) {
    throw new UsageError(
      `"new" takes a name and a title in quotes.\nnpm run assignments -- ${USAGE}`,
    );
  }
  const file = newAssignment(course, name, title);
  console.log(`${path.relative(ROOT, file)} is ready to be written.`);
  console.log(`npm run assignments -- build ${name} makes its notebooks, prove ${name} tries it.`);
  return 0;
}

/**
 * @param {string} course made where it isn't there
 * @param {string} name two digits, a hyphen, and lower-case words joined by hyphens
 * @param {string} title
 * @returns {string} the text source's path
 * @throws {UsageError} for a name of another form or a number that is taken
 */
export function newAssignment(course, name, title) {
  if (!/^\d\d(-[a-z0-9]+)+$/.test(name)) {
    throw new UsageError(
      `"${name}" can't be an assignment's name: two digits and words, as in 02-skewed-data-metrics.`,
    );
  }
  if (title.trim() === "") throw new UsageError("An assignment needs a title, in quotes.");
  const number = name.slice(0, 2);
  const folder = path.join(course, "src");
  const known = existsSync(folder) ? listAssignments(course) : [];
  const taken = known.find((each) => each.name.startsWith(`${number}-`));
  if (taken) throw new UsageError(`Number ${number} is taken by ${taken.name}.`);
  mkdirSync(folder, { recursive: true });
  const template = readFileSync(TEMPLATE, "utf8");
  const text = template.replaceAll("{{number}}", number).replaceAll("{{title}}", title.trim());
  const file = path.join(folder, `${name}.ts`);
  // "wx": never over a file that appeared meanwhile.
  writeFileSync(file, text, { flag: "wx" });
  return file;
}
