import path from "node:path";
import type { EcmaScriptModule, StaticExportEntry, StaticImportEntry } from "oxc-parser";
import type * as CompileModule from "../cell/compile-module";
import { CellSyntaxError } from "../cell/compiled-cell";
import { loadWhole } from "../whole-loads";
import { placeOf, syntaxErrorAt } from "./module-errors";
import { nearestManifest } from "./package-manifest";
import { webAssemblyModule } from "./web-assembly";

/** How a local file is loaded. */
type ModuleFormat = "module" | "commonjs" | "json" | "addon";

/** An `import ... from` or `export ... from`. */
export interface StaticRequest {
  readonly specifier: string;
  /** Where the specifier's literal stands in `js`. */
  readonly start: number;
  readonly end: number;
  /** Where the statement ends; import attributes stand before it. */
  readonly statementEnd: number;
  /** What it asks for by name, `default` among them, and where in `js` it does. */
  readonly names: ReadonlyMap<string, number>;
  /** The local names of `* as name`: where each ends in `js`. */
  readonly stars: readonly number[];
  /** True for `export * from`. */
  readonly isExportAll: boolean;
}

/** A piece of `js`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A local file, compiled and taken apart. */
export interface ModuleSource {
  readonly file: string;
  /** As it is on disk; one character a byte for WebAssembly. */
  readonly text: string;
  readonly format: ModuleFormat;
  /** JavaScript, line by line as in `text`; empty for what is no program. */
  readonly js: string;
  readonly requests: readonly StaticRequest[];
  readonly dynamicImports: readonly Span[];
  readonly metas: readonly Span[];
  /** What it exports by name, without what `export *` adds. */
  readonly exports: ReadonlySet<string>;
  /** Types that it exports: they are there for the type checker only. */
  readonly types: ReadonlySet<string>;
  /** Those of `require`, `__dirname`, `__filename` that it uses and does not declare. */
  readonly commonNames: readonly string[];
}

/** Takes the file apart. Throws a ModuleSyntaxError that names file, line and column. */
export function readSource(file: string, text: string): ModuleSource {
  const extension = path.extname(file);
  if (extension === ".json") return plainSource(file, text, "json");
  if (extension === ".node") return plainSource(file, text, "addon");
  if (!PROGRAM.test(extension)) throw unknownExtension(file, extension);
  try {
    return programSource(file, text, extension);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    throw syntaxErrorAt(error.message, file, error.place);
  }
}

function plainSource(file: string, text: string, format: ModuleFormat): ModuleSource {
  const none = new Set<string>();
  return {
    file,
    text,
    format,
    js: "",
    requests: [],
    dynamicImports: [],
    metas: [],
    exports: none,
    types: none,
    commonNames: [],
  };
}

const PROGRAM = /^(?:|\.[mc]?[jt]s|\.[jt]sx|\.wasm)$/;

/** TypeScript, or something that a program can be made of. */
const TYPESCRIPT = /^\.(?:[mc]?tsx?|jsx)$/;

/** What the compiler makes of `import x = require()`; here the kernel's own `require` is at hand. */
const NODES_REQUIRE = 'process.getBuiltinModule("module").createRequire(import.meta.url)';

function compile(file: string, text: string, extension: string): string {
  if (TYPESCRIPT.test(extension)) {
    // The compiler takes long to load, and many notebooks have no files of their own.
    const { compileModule } = loadWhole(
      () => require("../cell/compile-module") as typeof CompileModule,
    );
    return compileModule(text, file).replaceAll(NODES_REQUIRE, "require");
  }
  return extension === ".wasm" ? webAssemblyModule(file, text) : text;
}

function programSource(file: string, text: string, extension: string): ModuleSource {
  const isTypeScript = TYPESCRIPT.test(extension);
  const compiled = compile(file, text, extension);
  const js = compiled.replace(/^\uFEFF/, "").replace(/^#!/, "//");
  const parsed = parse(js, "module");
  const types = isTypeScript ? exportedTypes(text, file, parsed.module) : new Set<string>();
  const format = formatOf(file, text, js, parsed, types);
  const error = format === "module" ? parsed.error : parsed.error && parse(js, "commonjs").error;
  if (error) throw error;
  return {
    ...plainSource(file, text, format),
    js: format === "commonjs" ? js.replace(/^export \{\};?[^\S\n]*$/m, "") : js,
    requests: format === "module" ? staticRequests(parsed.module) : [],
    dynamicImports: parsed.module.dynamicImports,
    metas: parsed.module.importMetas,
    exports: new Set(exportNames(parsed.module)),
    types,
    commonNames: isTypeScript && format === "module" ? commonNames(js, parsed.module) : [],
  };
}

interface Parsed {
  readonly module: EcmaScriptModule;
  readonly error: CellSyntaxError | undefined;
}

function parse(js: string, sourceType: "module" | "commonjs"): Parsed {
  const { parseSync } = loadWhole(() => require("oxc-parser") as typeof import("oxc-parser"));
  const { module, errors } = parseSync("module.js", js, { lang: "js", sourceType });
  const first = errors.find((error) => error.severity === "Error");
  const offset = first?.labels[0]?.start ?? 0;
  return { module, error: first && new CellSyntaxError(first.message, placeOf(js, offset)) };
}

/** As Node decides: by extension, then by what only a module can contain, then by package.json. */
function formatOf(
  file: string,
  text: string,
  js: string,
  parsed: Parsed,
  types: ReadonlySet<string>,
): "module" | "commonjs" {
  const extension = path.extname(file);
  if (/^\.(?:mts|mjs|wasm)$/.test(extension)) return "module";
  if (extension === ".cts" || extension === ".cjs") return "commonjs";
  if (/^\s*export\s*=/m.test(text) && extension !== ".js") return "commonjs";
  // Of a file that exports types alone, nothing is left that a module could be known by.
  if (parsed.module.hasModuleSyntax || types.size > 0) return "module";
  if (nearestManifest(path.dirname(file))?.type === "module") return "module";
  // What is right as a module and wrong as a function's body awaits at its top level.
  const awaits = !parsed.error && js.includes("await") && parse(js, "commonjs").error;
  return awaits ? "module" : "commonjs";
}

function staticRequests(module: EcmaScriptModule): readonly StaticRequest[] {
  const requests = new Map<number, StaticRequest>();
  for (const { moduleRequest, entries, end } of module.staticImports) {
    requests.set(moduleRequest.start, {
      specifier: moduleRequest.value,
      start: moduleRequest.start,
      end: moduleRequest.end,
      statementEnd: end,
      names: new Map(entries.flatMap(importedName)),
      stars: entries.flatMap((entry) =>
        entry.importName.kind === "NamespaceObject" ? [entry.localName.end] : [],
      ),
      isExportAll: false,
    });
  }
  for (const { entries, end } of module.staticExports) {
    const first = entries[0]?.moduleRequest;
    if (!first || requests.has(first.start)) continue;
    requests.set(first.start, {
      specifier: first.value,
      start: first.start,
      end: first.end,
      statementEnd: end,
      names: new Map(entries.flatMap(reexportedName)),
      stars: entries.flatMap((entry) =>
        entry.importName.kind === "All" ? [entry.exportName.end ?? 0] : [],
      ),
      isExportAll: entries.some((entry) => entry.importName.kind === "AllButDefault"),
    });
  }
  return [...requests.values()].sort((a, b) => a.start - b.start);
}

function importedName({ importName, localName }: StaticImportEntry): [string, number][] {
  if (importName.kind === "Default") return [["default", localName.start]];
  return importName.kind === "Name" ? [[importName.name ?? "", importName.start ?? 0]] : [];
}

function reexportedName({ importName }: StaticExportEntry): [string, number][] {
  return importName.kind === "Name" ? [[importName.name ?? "", importName.start ?? 0]] : [];
}

function exportNames(module: EcmaScriptModule): readonly string[] {
  return module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, isType }) => {
      if (exportName.kind === "Default") return ["default"];
      return exportName.name === null || isType ? [] : [exportName.name];
    }),
  );
}

/** What TypeScript's text exports and the program compiled from it does not. */
function exportedTypes(text: string, file: string, compiled: EcmaScriptModule): Set<string> {
  const { parseSync } = loadWhole(() => require("oxc-parser") as typeof import("oxc-parser"));
  const { module } = parseSync(file, text, { sourceType: "module" });
  const names = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName }) => exportName.name ?? []),
  );
  const values = new Set(exportNames(compiled));
  return new Set(names.filter((name) => !values.has(name)));
}

const COMMON_NAMES = ["require", "__dirname", "__filename"];

function commonNames(js: string, module: EcmaScriptModule): readonly string[] {
  const imported = module.staticImports.flatMap(({ entries }) =>
    entries.map((entry) => entry.localName.value),
  );
  return COMMON_NAMES.filter((name) => {
    const isDeclared = new RegExp(`\\b(?:const|let|var|function|class)\\s+${name}\\b`).test(js);
    const isUsed = new RegExp(`(?<![.\\w$])${name}\\b(?!\\s*:)`).test(js);
    return isUsed && !isDeclared && !imported.includes(name);
  });
}

function unknownExtension(file: string, extension: string): TypeError {
  return Object.assign(
    new TypeError(
      `${file} can't be imported, as '${extension}' is none of .ts, .tsx, .js, .jsx (also with m or c), ` +
        ".json, .node, .wasm. To read it: fs.readFileSync(path, 'utf8')",
    ),
    { code: "ERR_UNKNOWN_FILE_EXTENSION" },
  );
}
