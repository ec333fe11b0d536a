// @ts-check
// npm run check -- FILE: runs a whole assignment as its student has it, and says how it stands.
import path from "node:path";
import { parseArgs } from "node:util";
import { CELL_SECONDS, checkNotebook } from "./check/check-notebook.mjs";
import { BadNotebookError } from "./check/read-student-notebook.mjs";

const HELP = `npm run check -- FILE.ipynb [--timeout SECONDS]

Runs an assignment's notebook from top to bottom, says what each visible test says, and names what is not answered yet.
A cell may take ${CELL_SECONDS} s, or as long as --timeout says. The file stays as it is.
Exit code: 0 all visible tests pass and everything is answered, 1 not yet, 2 no such notebook.`;

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  const { files, timeout, help } = readArguments(args);
  if (help) {
    console.log(HELP);
    return 0;
  }
  const [file, ...more] = files;
  if (file === undefined || more.length > 0 || !(timeout > 0)) {
    console.error(`Which notebook? One at a time.\n\n${HELP}`);
    return 2;
  }
  try {
    // npm runs scripts in the project's folder, wherever it was called.
    const place = path.resolve(process.env.INIT_CWD ?? ".", file);
    return (await checkNotebook(place, timeout)) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof BadNotebookError ? 2 : 1;
  }
}

/** @param {readonly string[]} args */
function readArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", default: false },
        timeout: { type: "string", default: String(CELL_SECONDS) },
      },
      allowPositionals: true,
    });
    return { files: positionals, timeout: Number(values.timeout), help: values.help };
  } catch {
    return { files: [], timeout: CELL_SECONDS, help: false };
  }
}

process.exitCode = await main(process.argv.slice(2));
