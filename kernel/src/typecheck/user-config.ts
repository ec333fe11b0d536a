/** The options of the user's own tsconfig.json that concern a cell. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ancestors } from "./notebook-mirror";

/** Compiler options by name; paths in them are absolute. */
export type CompilerOptions = Readonly<Record<string, unknown>>;

/** Options that a cell obeys; the rest is about emitting, or would break the cells' own project. */
const HONOURED = new Set([
  "strict",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "strictBuiltinIteratorReturn",
  "noImplicitAny",
  "noImplicitThis",
  "useUnknownInCatchVariables",
  "exactOptionalPropertyTypes",
  "noUncheckedIndexedAccess",
  "noPropertyAccessFromIndexSignature",
  "noImplicitOverride",
  "allowJs",
  "checkJs",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "lib",
  "paths",
  "types",
  "typeRoots",
  "experimentalDecorators",
  "emitDecoratorMetadata",
  "useDefineForClassFields",
  "customConditions",
  "allowArbitraryExtensions",
  "allowUmdGlobalAccess",
]);

/** Returns the options of the tsconfig.json that governs `folder`; none when there is no such file. */
export function readUserConfig(folder: string, onLog: (text: string) => void): CompilerOptions {
  for (const at of ancestors(folder)) {
    const file = path.join(at, "tsconfig.json");
    if (!existsSync(file)) continue;
    const options = readOptions(file, [], onLog);
    return Object.fromEntries(Object.entries(options).filter(([name]) => HONOURED.has(name)));
  }
  return {};
}

/** `readers` are the files that led to `file`, the notebook's own first. */
function readOptions(
  file: string,
  readers: readonly string[],
  onLog: (text: string) => void,
): Record<string, unknown> {
  if (readers.includes(file)) return {};
  let config: Record<string, unknown>;
  try {
    config = parseJsonWithComments(readFileSync(file, "utf8"));
  } catch (error) {
    onLog(`${file} is not used: ${error instanceof Error ? error.message : String(error)}`);
    return {};
  }
  const chain = [...readers, file];
  const inherited = [config.extends ?? []].flat().map((base) => {
    const found = resolveBase(String(base), file);
    if (found !== undefined) return readOptions(found, chain, onLog);
    onLog(`${String(base)} is not used: ${file} extends it, but it cannot be found`);
    return {};
  });
  const own = isRecord(config.compilerOptions) ? config.compilerOptions : {};
  return Object.assign(
    {},
    ...inherited,
    withAbsolutePaths(own, path.dirname(file), chain[0] ?? file),
  );
}

function resolveBase(base: string, file: string): string | undefined {
  if (/^\.{0,2}[\\/]/.test(base) || path.isAbsolute(base)) {
    const target = path.resolve(path.dirname(file), base);
    return existsSync(target) || target.endsWith(".json") ? target : `${target}.json`;
  }
  const { resolve } = createRequire(file);
  for (const name of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const found = resolve(name);
      if (found.endsWith(".json")) return found;
    } catch {
      // The next form of the name may do.
    }
  }
  return undefined;
}

function withAbsolutePaths(
  options: Record<string, unknown>,
  folder: string,
  notebookConfig: string,
): CompilerOptions {
  const result = { ...options };
  const expanded = (value: unknown) =>
    String(value).replace(/^\$\{configDir\}/, () => path.dirname(notebookConfig));
  const absolute = (value: unknown) => path.resolve(folder, expanded(value));
  if (isRecord(options.paths)) {
    const base = options.baseUrl === undefined ? folder : absolute(options.baseUrl);
    result.paths = Object.fromEntries(
      Object.entries(options.paths).map(([pattern, targets]) => [
        pattern,
        [targets].flat().map((target) => path.resolve(base, expanded(target))),
      ]),
    );
  }
  if (Array.isArray(options.typeRoots)) result.typeRoots = options.typeRoots.map(absolute);
  return result;
}

/**
 * Returns the object that a tsconfig.json holds: JSON with comments and trailing commas.
 * @throws SyntaxError for anything else.
 */
export function parseJsonWithComments(text: string): Record<string, unknown> {
  // A string is taken whole, so that what looks like a comment in it stays.
  const token = /("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  const plain = text.replace(/^\uFEFF/, "").replace(token, (_, string?: string) => string ?? " ");
  const strict = plain.replace(
    /("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g,
    (_, string?: string) => string ?? "",
  );
  const value: unknown = JSON.parse(strict);
  if (!isRecord(value)) throw new SyntaxError("Expected an object");
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
