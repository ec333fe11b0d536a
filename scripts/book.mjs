// @ts-check
// `npm run book`: sets up what is missing, then makes a static site of all lessons from the stored
// notebooks. It needs no server: open its index.html.
//
//   npm run book              into book/
//   npm run book -- FOLDER    into another folder
import path from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./project.mjs";
import { setUpOrExit } from "./setup.mjs";

const USAGE = "usage: npm run book [-- FOLDER]";

/**
 * @param {readonly string[]} args
 * @returns {string} the book's folder
 */
function readArguments(args) {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  if (positionals.length > 1)
    throw new TypeError(`expected one folder, got ${positionals.join(", ")}`);
  return path.resolve(positionals[0] ?? path.join(ROOT, "book"));
}

let folder;
try {
  folder = readArguments(process.argv.slice(2));
} catch (error) {
  console.error(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  process.exit(2);
}

await setUpOrExit();
// Loaded after set-up, as they use installed packages.
const { buildBook } = await import("./book/build-book.mjs");
const { BookError } = await import("./book/book-error.mjs");
try {
  const { lessons, figures, external } = await buildBook(folder);
  if (external.length > 0) {
    console.log(
      `Links out of the book, not followed:\n${external.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  console.log(`The book has ${lessons} lessons and ${figures} figures: open`);
  console.log(`  ${path.join(folder, "index.html")}`);
} catch (error) {
  if (!(error instanceof BookError)) throw error;
  console.error(`[book] ${error.message}`);
  process.exitCode = 1;
}
