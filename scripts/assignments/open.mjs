// @ts-check
// npm run assignments -- open: the course in JupyterLab, with formgrader.
import { existsSync } from "node:fs";
import path from "node:path";
import { JupyterServer } from "../jupyter-server.mjs";
import { readArguments } from "./arguments.mjs";
import { UsageError } from "./usage-error.mjs";

const USAGE = "open [--port N] [--no-browser]";
const DEFAULT_PORT = "8890";

/**
 * Serves the course until Ctrl-C; prints its address and formgrader's.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function run(args) {
  const options = /** @type {const} */ ({
    port: { type: "string", default: DEFAULT_PORT },
    "no-browser": { type: "boolean", default: false },
  });
  const { course, values } = readArguments(args, options, USAGE);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new UsageError(`--port: expected a number from 1 to 65535, got ${values.port}`);
  }
  const server = new JupyterServer({
    port,
    browser: values["no-browser"] !== true,
    folder: course,
    page: existsSync(path.join(course, "README.md")) ? "README.md" : "",
    // nbgrader looks for its configuration there.
    cwd: course,
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => server.stop());
  }
  try {
    const { url, token } = await server.ready();
    const formgrader = new URL(`/formgrader?token=${token}`, url);
    console.log(`\nThe course is open in JupyterLab, on this machine only:\n\n  ${url}\n`);
    console.log(`Its formgrader (in JupyterLab: menu Nbgrader, Formgrader):\n\n  ${formgrader}\n`);
    console.log("Ctrl-C ends it.");
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
  }
  return server.ended();
}
