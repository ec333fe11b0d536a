// @ts-check
// tslab as a function: source in, outcome out, with all that tslab knows about a failure kept.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const { parse } = require("node:path");
const { shorten } = require("./frames.cjs");
const { nextTurn } = require("./next-turn.cjs");
const { locateThrough, registerScript } = require("./source-maps.cjs");
const { hasTopLevelAwait } = require("./top-level-await.cjs");
const { forgetMaps, mapsOf, requireFromTslab, ts } = require("./typescript.cjs");

/**
 * @typedef {import("tslab/dist/converter").Converter} Converter
 * @typedef {import("tslab/dist/converter").ConvertResult} ConvertResult
 * @typedef {import("tslab/dist/converter").Diagnostic} Diagnostic
 * @typedef {import("tslab/dist/executor").Executor} Executor
 * @typedef {{ label: string, stopped: boolean }} Cell how a stack trace names the cell, and whether
 *   it has been interrupted; both may change while it runs
 * @typedef {{ kind: "done", value: unknown }
 *   | { kind: "rejected", diagnostics: Diagnostic[] }
 *   | { kind: "thrown", thrown: unknown }
 *   | { kind: "stopped" }} Outcome `value` is that of a last expression, else undefined
 */

/** @type {typeof import("tslab/dist/converter")} */
const { createConverter } = requireFromTslab("./dist/converter");
/** @type {typeof import("tslab/dist/executor")} */
const { createExecutor } = requireFromTslab("./dist/executor");
/** @type {typeof import("tslab/dist/metadata")} */
const { getCodeMetadata } = requireFromTslab("./dist/metadata");

/** How long the text is that tslab puts before a cell's first line. */
const WRAPPERS = {
  await: "(async function(exports, require) { ".length,
  plain: "(function(exports, require) { ".length,
};

class Tslab {
  #converter = createConverter({ isJS: false, isBrowser: false });
  /** @type {Executor} */
  #executor;
  /** What TypeScript knows of the cells before. */
  #declarations = "";
  #scripts = 0;
  /** @type {Map<string, string>} the texts of modules that were written in cells, by their names */
  #modules = new Map();

  // Of the cell that runs:
  /** @type {ConvertResult} */
  #converted = { diagnostics: [] };
  /** @type {unknown} */
  #value;
  /** @type {{ thrown: unknown } | undefined} */
  #failure;

  /** @param {string} folder the notebook's: imports are looked up from here */
  constructor(folder) {
    /** @type {Converter} */
    const prepared = {
      ...this.#converter,
      convert: () => this.#converted,
      addModule: (name, content, meta) => {
        this.#modules.set(name, content);
        const diagnostics = this.#converter.addModule(name, content, meta);
        this.#converted = { diagnostics };
        return diagnostics;
      },
    };
    // Code that is marked as meant for a browser is never run, so one converter does for both.
    const converters = { node: prepared, browser: prepared, close: () => this.#converter.close() };
    this.#executor = createExecutor(folder, converters, {
      log: (value) => {
        this.#value = value;
      },
      error: (thrown) => {
        this.#failure ??= { thrown };
      },
    });
  }

  /**
   * Runs a cell. Not to be called while another one runs.
   *
   * @param {string} source
   * @param {Cell} cell
   * @returns {Promise<Outcome>}
   */
  async execute(source, cell) {
    this.#value = undefined;
    this.#failure = undefined;
    try {
      this.#converted = this.#convert(source, cell);
      // tslab converts and runs in one go, and so loses a SIGINT that comes while it converts.
      await nextTurn();
      if (cell.stopped) return { kind: "stopped" };
      await this.#executor.execute(source);
    } catch (thrown) {
      return { kind: "thrown", thrown };
    }
    const { diagnostics, declOutput } = this.#converted;
    if (diagnostics.length > 0) return { kind: "rejected", diagnostics };
    // Read anew: the executor's console has set it meanwhile.
    const failure = /** @type {{ thrown: unknown } | undefined} */ (this.#failure);
    if (failure) return { kind: "thrown", thrown: failure.thrown };
    this.#declarations = declOutput ?? this.#declarations;
    return { kind: "done", value: this.#value };
  }

  /**
   * The cell as JavaScript, under a name of its own and with its source at hand for stack traces.
   *
   * @param {string} source
   * @param {Cell} cell
   * @returns {ConvertResult}
   */
  #convert(source, cell) {
    const { module, mode } = getCodeMetadata(source);
    if (module !== undefined || mode === "browser") return { diagnostics: [] };
    forgetMaps();
    const result = this.#converter.convert(this.#declarations, source);
    for (const side of result.sideOutputs ?? []) this.#registerFile(side.path, mapsOf(side.data));
    const { output } = result;
    if (output === undefined) return result;
    const name = `headroom-cell-${++this.#scripts}.ts`;
    const hasToplevelAwait = result.hasToplevelAwait || hasTopLevelAwait(source);
    const indent = hasToplevelAwait ? WRAPPERS.await : WRAPPERS.plain;
    const locate = locateThrough(mapsOf(output), 1);
    registerScript(name, {
      owner: cell,
      source,
      /** @param {import("./source-maps.cjs").Place} place */
      locate: ({ line, column }) => locate({ line, column: line === 1 ? column - indent : column }),
    });
    return { ...result, hasToplevelAwait, output: `${output}\n//# sourceURL=${name}` };
  }

  /**
   * A local TypeScript file that a cell imports runs under the name of a JavaScript file.
   *
   * @param {string} path
   * @param {import("node:module").SourceMapPayload[]} maps
   */
  #registerFile(path, maps) {
    const [file] = [".ts", ".tsx", ".js"].map((e) => path.replace(/\.js$/, e)).filter(existsSync);
    const { name } = parse(path);
    const module = this.#modules.get(name);
    if (file !== undefined) {
      const source = readFileSync(file, "utf8");
      const owner = { label: shorten(file) };
      registerScript(path, { owner, source, locate: locateThrough(maps, 0) });
    } else if (module !== undefined) {
      const owner = { label: `module ${name}` };
      registerScript(path, { owner, source: module, locate: locateThrough(maps, 1) });
    }
  }

  /** Makes an awaiting cell fail; what it waits for is left to go on. */
  interrupt() {
    this.#executor.interrupt();
  }

  /**
   * @param {string} source
   * @param {number} position in UTF-16 units
   */
  complete(source, position) {
    return this.#converter.complete(this.#declarations, source, position);
  }

  /**
   * @param {string} source
   * @param {number} position in UTF-16 units
   */
  inspect(source, position) {
    return this.#converter.inspect(this.#declarations, source, position);
  }
}

module.exports = { Tslab, typescriptVersion: ts.version };
