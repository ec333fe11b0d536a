// @ts-check
// tslab's own copy of TypeScript, taught two things before tslab loads it: to keep source maps, and
// to spare names of properties that look like variables of an earlier cell.
"use strict";

const { createRequire } = require("node:module");

/**
 * @typedef {typeof import("@tslab/typescript-for-tslab")} TypeScript
 * @typedef {import("node:module").SourceMapPayload} SourceMapPayload
 * @typedef {import("@tslab/typescript-for-tslab").EmitAndSemanticDiagnosticsBuilderProgram}
 *   BuilderProgram
 */

const requireFromTslab = createRequire(require.resolve("tslab/package.json"));
const typescriptPath = requireFromTslab.resolve("@tslab/typescript-for-tslab");

/** @type {TypeScript} */
const ts = requireFromTslab(typescriptPath);

/** The maps of each JavaScript text that tslab got since they were last asked for. */
/** @type {Map<string, SourceMapPayload[]>} */
const mapsByText = new Map();

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;
const MAP_COMMENT = /\n\/\/# sourceMappingURL=\S+\s*$/;

/**
 * tslab's second pass, to CommonJS: it gets the map of the first pass with the text.
 *
 * @param {string} text
 * @param {import("@tslab/typescript-for-tslab").TranspileOptions} options
 */
function transpileKeepingMaps(text, options) {
  const inline = INLINE_MAP.exec(text);
  if (!inline) return ts.transpileModule(text, options);
  const compilerOptions = { ...options.compilerOptions, sourceMap: true };
  const result = ts.transpileModule(text.replace(INLINE_MAP, "\n"), {
    ...options,
    compilerOptions,
  });
  const outputText = result.outputText.replace(MAP_COMMENT, "\n");
  const first = Buffer.from(inline[1] ?? "", "base64").toString("utf8");
  mapsByText.set(outputText, [JSON.parse(result.sourceMapText ?? "{}"), JSON.parse(first)]);
  return { ...result, outputText };
}

/**
 * The maps of a text that tslab is about to run, the last pass first; none when it has none.
 *
 * @param {string} text
 */
function mapsOf(text) {
  return mapsByText.get(text) ?? [];
}

function forgetMaps() {
  mapsByText.clear();
}

/**
 * tslab writes `epochs` of an earlier cell as `exports.epochs`, with two mistakes that are mended
 * here, before it does so:
 * - `{ epochs }` stays as it is, which fails with "epochs is not defined": it becomes
 *   `{ epochs: exports.epochs }`;
 * - in `const { rows: all } = earlier` it takes the property `rows` for a variable and writes
 *   `{ exports, rows: all }`: a quoted name is left alone.
 *
 * @param {BuilderProgram} builder
 * @returns {import("@tslab/typescript-for-tslab").TransformerFactory<
 *   import("@tslab/typescript-for-tslab").SourceFile>}
 */
function spareNames(builder) {
  const checker = builder.getProgram().getTypeChecker();
  const { factory } = ts;
  return (context) => (file) => {
    /**
     * @param {import("@tslab/typescript-for-tslab").Node} node
     * @returns {import("@tslab/typescript-for-tslab").Node}
     */
    const visit = (node) => {
      if (ts.isShorthandPropertyAssignment(node)) return expandShorthand(node, checker);
      const inner = ts.visitEachChild(node, visit, context);
      if (ts.isBindingElement(inner) && inner.propertyName && ts.isIdentifier(inner.propertyName)) {
        const { dotDotDotToken, propertyName, name, initializer } = inner;
        const quoted = factory.createStringLiteralFromNode(propertyName);
        return factory.updateBindingElement(inner, dotDotDotToken, quoted, name, initializer);
      }
      if (ts.isPropertyAssignment(inner) && ts.isIdentifier(inner.name)) {
        const quoted = factory.createStringLiteralFromNode(inner.name);
        return factory.updatePropertyAssignment(inner, quoted, inner.initializer);
      }
      return inner;
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/**
 * @param {import("@tslab/typescript-for-tslab").ShorthandPropertyAssignment} node
 * @param {import("@tslab/typescript-for-tslab").TypeChecker} checker
 */
function expandShorthand(node, checker) {
  const { factory } = ts;
  const origins = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
  const isEarlier = origins.some((o) => o.getSourceFile().fileName.endsWith("/__prev__.d.ts"));
  if (!isEarlier) return node;
  const variable = factory.createPropertyAccessExpression(
    factory.createIdentifier("exports"),
    node.name,
  );
  const fallback = node.objectAssignmentInitializer;
  const value = fallback ? factory.createAssignment(variable, fallback) : variable;
  const quoted = factory.createStringLiteralFromNode(node.name);
  return ts.setTextRange(factory.createPropertyAssignment(quoted, value), node);
}

/** @param {BuilderProgram} builder */
function emitSparingNames(builder) {
  const emit = builder.emit;
  builder.emit = (file, write, token, onlyDeclarations, transformers) =>
    emit.call(builder, file, write, token, onlyDeclarations, {
      ...transformers,
      before: [...(transformers?.before ?? []), spareNames(builder)],
    });
}

// TypeScript's exports are read-only, so tslab gets a copy that has its own version of three.
const cached = require.cache[typescriptPath];
if (!cached) throw new Error(`TypeScript is not among the loaded modules: ${typescriptPath}`);
cached.exports = {
  ...ts,
  transpileModule: transpileKeepingMaps,
  /** @type {(...parameters: [string[], object, ...unknown[]]) => unknown} */
  createWatchCompilerHost: (files, options, ...rest) =>
    Reflect.apply(ts.createWatchCompilerHost, ts, [
      files,
      { ...options, inlineSourceMap: true },
      ...rest,
    ]),
  /** @type {(host: { afterProgramCreate?: (builder: BuilderProgram) => void }) => unknown} */
  createWatchProgram: (host) => {
    const tellTslab = host.afterProgramCreate;
    host.afterProgramCreate = (builder) => {
      emitSparingNames(builder);
      tellTslab?.(builder);
    };
    return Reflect.apply(ts.createWatchProgram, ts, [host]);
  },
};

module.exports = { forgetMaps, mapsOf, requireFromTslab, ts };
