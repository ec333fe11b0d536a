// @ts-check
// A JupyterLab of the project's own: its environment, its settings, this machine only.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { CACHE, JUPYTER, program, projectEnvironment, ROOT } from "./project.mjs";

const HOME = path.join(CACHE, "jupyter");
const START_TIMEOUT_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 100;
const SHOWN_LINES = 15;
const IMPATIENT_MILLISECONDS = 2_000;

/** A running JupyterLab server. */
export class JupyterServer {
  #runtime = path.join(HOME, "runtime");
  #stoppedAt = 0;

  /**
   * @param {{port: number, browser: boolean, folder?: string, page?: string, cwd?: string, env?: NodeJS.ProcessEnv}} options
   *   `folder` is what JupyterLab shows, by default the notebooks; `page` is the file that it opens; in `cwd` it looks for
   *   nbgrader's configuration; `env` is added to the project's environment
   */
  constructor({
    port,
    browser,
    folder = path.join(ROOT, "notebooks"),
    page = "README.md",
    cwd = ROOT,
    env = {},
  }) {
    mkdirSync(this.#runtime, { recursive: true });
    this.page = page;
    /** What the server says, and its kernels; a reader needs it only when something is wrong. */
    this.logFile = path.join(HOME, `server-${port}.log`);
    const log = openSync(this.logFile, "w");
    this.child = spawn(
      program("jupyter"),
      [
        "lab",
        "-y", // Ctrl-C is meant: no question whether to shut down
        "--ServerApp.ip=127.0.0.1",
        `--ServerApp.port=${port}`,
        `--ServerApp.root_dir=${folder}`,
        `--LabApp.default_url=/lab/tree/${page}`,
        ...(browser ? [] : ["--no-browser"]),
        ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
      ],
      {
        cwd,
        stdio: ["ignore", log, log],
        // The reader's own Jupyter configuration, with its passwords and ports, is not for this one.
        env: {
          ...projectEnvironment(),
          JUPYTER_CONFIG_DIR: path.join(HOME, "config"),
          JUPYTER_CONFIG_PATH: JUPYTER,
          JUPYTER_RUNTIME_DIR: this.#runtime,
          ...env,
        },
      },
    );
    closeSync(log);
    /** @type {Promise<number>} */
    this.exit = new Promise((resolve) => {
      this.child.on("error", (error) => {
        console.error(`JupyterLab can't be started: ${error.message}. Try: npm run doctor`);
        resolve(1);
      });
      this.child.on("close", (code) => resolve(this.#stoppedAt > 0 ? 0 : (code ?? 1)));
    });
  }

  /**
   * Waits until the server answers.
   * @returns {Promise<{url: string, port: number, token: string}>} the address with its token
   * @throws Error when it ends, or says nothing for a minute
   */
  async ready() {
    let ended = false;
    void this.exit.then(() => {
      ended = true;
    });
    const deadline = Date.now() + START_TIMEOUT_MILLISECONDS;
    while (!ended && Date.now() < deadline) {
      const info = this.#info();
      if (info && (await answers(info.url))) {
        const url = `${info.url}lab/tree/${this.page}?token=${info.token}`;
        return { url, port: info.port, token: info.token };
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
    const said = readFileSync(this.logFile, "utf8").trimEnd().split("\n").slice(-SHOWN_LINES);
    throw new Error(
      `JupyterLab did not start. Its last words:\n  ${said.join("\n  ")}\n` +
        "`npm run doctor` looks for the cause.",
    );
  }

  /** What the server wrote about itself, once it listens. */
  #info() {
    try {
      const file = path.join(this.#runtime, `jpserver-${this.child.pid}.json`);
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      return undefined; // not there yet, or half written
    }
  }

  /**
   * Ends the server and its kernels; a later call does not wait for them. One Ctrl-C may arrive
   * twice, from the terminal and from npm, so what follows at once is the same call.
   */
  stop() {
    const now = Date.now();
    if (this.#stoppedAt === 0) {
      this.#stoppedAt = now;
      this.child.kill("SIGTERM");
    } else if (now - this.#stoppedAt > IMPATIENT_MILLISECONDS) {
      this.child.kill("SIGKILL");
    }
  }

  /** Resolves with the exit code when the server has ended; 0 after `stop`. */
  ended() {
    return this.exit;
  }
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(new URL("api", url))).ok;
  } catch {
    return false;
  }
}
