// @ts-check
// Uses `npm start` as a server's user does: address, token, port, kernels, Ctrl-C.
//
//   node tests/start/run.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { CACHE, ROOT } from "../../scripts/project.mjs";

const START_SECONDS = 90;
const LIFE_SECONDS = 150;
const POLL_MILLISECONDS = 100;

/** @typedef {{ what: string, holds: boolean }} Finding */

/**
 * Starts the workbook on a port that is taken, uses it, and ends it with Ctrl-C.
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runStartTest() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { what, holds } of tryStart()) {
    counts[holds ? "passed" : "failed"]++;
    if (holds) console.log(`ok     ${what}`);
    else console.error(`FAILED ${what}`);
  }
  return counts;
}

/** @returns {AsyncGenerator<Finding>} */
async function* tryStart() {
  const wrong = await runStart(["--port", "ninety"]).ended;
  yield { what: "a port that is no number ends it with code 2", holds: wrong === 2 };

  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port: taken } = /** @type {import("node:net").AddressInfo} */ (blocker.address());
  const start = runStart(["--no-browser", "--port", String(taken)]);
  try {
    const printed = await start.says(/http:\/\/127\.0\.0\.1:\d+\/\S+/, START_SECONDS);
    const url = new URL(printed);
    yield {
      what: "it prints an address on this machine with its token",
      holds: url.hostname === "127.0.0.1" && (url.searchParams.get("token") ?? "").length >= 32,
    };
    yield { what: "a port that is taken gives way to a free one", holds: +url.port !== taken };
    yield { what: "without the token nobody gets in", holds: (await ask(url, false)) === 403 };
    yield { what: "with it the lesson list is there", holds: (await ask(url, true)) === 200 };
    const kernel = await startKernel(url);
    yield { what: "a kernel starts", holds: (await processesOf(kernel)) === 1 };
    yield { what: "on ports that the system gives to nobody else", holds: hasOwnPorts(kernel) };
    start.child.kill("SIGINT");
    yield { what: "Ctrl-C ends it with code 0", holds: (await start.ended) === 0 };
    yield { what: "and its kernels with it", holds: (await processesOf(kernel)) === 0 };
  } finally {
    start.child.kill("SIGKILL");
    blocker.close();
  }
}

/** @param {readonly string[]} args */
function runStart(args) {
  const script = path.join(ROOT, "scripts", "start.mjs");
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.on("close", resolve));
  return {
    child,
    ended: Promise.race([ended, setTimeout(LIFE_SECONDS * 1000, undefined, { ref: false })]),
    /** @param {RegExp} pattern @param {number} seconds @returns {Promise<string>} */
    async says(pattern, seconds) {
      for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; ) {
        const found = pattern.exec(output);
        if (found) return found[0];
        await setTimeout(POLL_MILLISECONDS);
      }
      throw new Error(`npm start did not print its address; it said:\n${output}`);
    },
  };
}

/** @param {URL} url @param {boolean} withToken */
async function ask(url, withToken) {
  const address = new URL("/api/contents/README.md", url);
  if (withToken) address.search = url.search;
  return (await fetch(address)).status;
}

/** @param {URL} url @returns {Promise<string>} the kernel's id */
async function startKernel(url) {
  const address = new URL("/api/kernels", url);
  address.search = url.search;
  const answer = await fetch(address, {
    method: "POST",
    body: JSON.stringify({ name: "headroom" }),
  });
  return /** @type {{ id: string }} */ (await answer.json()).id;
}

/**
 * Whether a kernel's ports lie below those that the system gives to whoever asks for any.
 * @param {string} kernel
 */
function hasOwnPorts(kernel) {
  const file = path.join(CACHE, "jupyter", "runtime", `kernel-${kernel}.json`);
  /** @type {[string, unknown][]} */
  const connection = Object.entries(JSON.parse(readFileSync(file, "utf8")));
  const ports = connection.filter(([key]) => key.endsWith("_port")).map(([, port]) => Number(port));
  return ports.length === 5 && ports.every((port) => port >= 12_000 && port < 32_000);
}

/**
 * How many processes have the kernel's connection file among their arguments.
 * @param {string} kernel
 */
async function processesOf(kernel) {
  const list = spawn("ps", ["-eo", "args"], { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  list.stdout.on("data", (chunk) => {
    text += chunk;
  });
  await once(list, "close");
  return text.split("\n").filter((line) => line.includes(`kernel-${kernel}.json`)).length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { failed } = await runStartTest();
  process.exitCode = failed === 0 ? 0 : 1;
}
