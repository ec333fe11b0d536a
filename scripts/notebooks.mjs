// @ts-check
// npm run notebooks -- COMMAND [NAME...]: the lessons from text source to checked notebook.
import {
  beginNotebook,
  buildNotebooks,
  checkNotebooks,
  runNotebooks,
} from "./notebooks/commands.mjs";
import { UsageError } from "./notebooks/lesson-files.mjs";

const HELP = `npm run notebooks -- COMMAND [NAME...]

  build [NAME...]       make the notebooks from notebooks/src, without running them
  run [NAME...]         build, run from top to bottom, and store with their outputs
  check [NAME...]       judge the stored notebooks without running them
  new NN-slug "Title"   begin a lesson

A NAME is a lesson's number or name (02, 02-skewed-data-metrics); without one, all are meant.`;

/**
 * Runs one command.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 0 all well, 1 something failed, 2 wrongly called
 */
async function main([command, ...names]) {
  try {
    const counts = await perform(command, names);
    return counts.failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof UsageError ? 2 : 1;
  }
}

/**
 * @param {string | undefined} command
 * @param {readonly string[]} names
 */
function perform(command, names) {
  if (command === "build") return buildNotebooks(names);
  if (command === "run") return runNotebooks(names);
  if (command === "check") return checkNotebooks(names);
  if (command === "new") {
    if (names.length === 2) return beginNotebook(names[0], names[1]);
    throw new UsageError(`"new" takes a name and a title in quotes.\n\n${HELP}`);
  }
  const wrong = command === undefined ? "Which command?" : `There is no command "${command}".`;
  throw new UsageError(`${wrong}\n\n${HELP}`);
}

process.exitCode = await main(process.argv.slice(2));
