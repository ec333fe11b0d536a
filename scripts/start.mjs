// @ts-check
// `npm start`: sets up what is missing, then opens the workbook in JupyterLab.
//
//   --no-browser   print the address only (what happens by itself where there is no display)
//   --port N       listen on port N instead of 8888, or on the next free one
import path from "node:path";
import { parseArgs } from "node:util";
import { JupyterServer } from "./jupyter-server.mjs";
import { ROOT } from "./project.mjs";
import { setUpOrExit } from "./setup.mjs";

const USAGE = "usage: npm start -- [--no-browser] [--port N]";
const DEFAULT_PORT = 8888;

/**
 * @param {readonly string[]} args
 * @returns {{browser: boolean, port: number}}
 */
function readArguments(args) {
  const { values } = parseArgs({
    args: [...args],
    options: { "no-browser": { type: "boolean" }, port: { type: "string" } },
  });
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new TypeError(`--port: expected a number from 1 to 65535, got ${values.port}`);
  }
  return { browser: values["no-browser"] !== true && hasDisplay(), port };
}

/** True where a browser window can be opened. */
function hasDisplay() {
  if (process.platform !== "linux") return true;
  const { DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  return Boolean(DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME);
}

let options;
try {
  options = readArguments(process.argv.slice(2));
} catch (error) {
  console.error(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  process.exit(2);
}

await setUpOrExit();
const server = new JupyterServer(options);
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => server.stop());
}
try {
  const { url, port } = await server.ready();
  if (port !== options.port) console.log(`Port ${options.port} is taken; this is on ${port}.`);
  console.log(`\nHeadroom's workbook is open in JupyterLab, on this machine only:\n\n  ${url}\n`);
  console.log(`Ctrl-C ends it and its kernels. Its log: ${path.relative(ROOT, server.logFile)}`);
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
}
process.exitCode = await server.ended();
