import { inspect } from "node:util";
import { MissingExportError } from "./module-errors";
import { suggest } from "./suggestion";

const known = new WeakMap<object, object>();

/**
 * Returns what `import * as` gives for a CommonJS module: all that `exports` holds, by name, and
 * `exports` itself as `default`. The same object for the same exports; values are read when asked
 * for, so that they are those of the moment.
 */
export function commonNamespace(exports: unknown): object {
  if (!isObject(exports)) return newNamespace(exports);
  const namespace = known.get(exports) ?? newNamespace(exports);
  known.set(exports, namespace);
  for (const name of exportedNames(exports)) addName(namespace, name, exports);
  return namespace;
}

/**
 * Returns Node's namespace of a CommonJS package, or one that has more names where Node found not
 * all of them (it reads the text, it does not run it).
 */
export function completeNamespace(native: object, exports: unknown): object {
  if (!isObject(exports)) return native;
  const lacks = exportedNames(exports).some((name) => !(name in native));
  return lacks ? commonNamespace(exports) : native;
}

/** What a module namespace was asked for, and in whose words. */
export interface NameCheck {
  readonly specifier: string;
  readonly names: readonly string[];
  /** Names that need not be there: types. */
  readonly types?: ReadonlySet<string> | undefined;
  /** What a CommonJS module exports, where it is one. */
  readonly exports?: unknown;
}

/**
 * Returns the namespace, with all of the names. Throws a MissingExportError, which says what there is,
 * if the module has one of them not.
 */
export function withNames(namespace: object, check: NameCheck): object {
  const absent = check.names.filter((name) => !(name in namespace) && !check.types?.has(name));
  if (absent.length === 0) return namespace;
  const { exports } = check;
  const wide = isObject(exports) ? commonNamespace(exports) : namespace;
  for (const name of absent) {
    if (isObject(exports) && isInherited(exports, name)) addName(wide, name, exports);
    else throw missingExport(check.specifier, name, Object.keys(wide), wide);
  }
  return wide;
}

/** The error for a name that a module does not export; `names` are those that it does. */
export function missingExport(
  specifier: string,
  name: string,
  names: readonly string[],
  namespace?: object,
): MissingExportError {
  const others = names.filter((other) => other !== "module.exports");
  const near = suggest(name, others);
  const defaults = (namespace as { default?: unknown } | undefined)?.default;
  const cures = [
    near && `Did you mean '${near}'?`,
    isObject(defaults) && name in defaults
      ? `Its default export has it: import thing from '${specifier}', then thing.${name}`
      : undefined,
    !near && name === "default" && others.length > 0
      ? `Write import * as thing from '${specifier}' or import { ${others[0]} }`
      : undefined,
  ];
  const shown = others.length > 30 ? [...others.slice(0, 30), "..."] : others;
  return new MissingExportError(
    [
      `The requested module '${specifier}' does not provide an export named '${name}'.`,
      others.length > 0 ? `It exports ${shown.join(", ")}.` : "It exports nothing.",
      ...cures.filter((cure) => cure),
    ].join(" "),
    name,
  );
}

function newNamespace(exports: unknown): object {
  const namespace = Object.create(null, {
    [Symbol.toStringTag]: { value: "Module" },
    [inspect.custom]: {
      value: (_depth: number, options: object) =>
        `[Module] ${inspect({ ...(namespace as object) }, options)}`,
    },
    default: { enumerable: true, get: () => exports },
  }) as object;
  return namespace;
}

function addName(namespace: object, name: string, exports: object): void {
  if (name in namespace) return;
  Object.defineProperty(namespace, name, {
    configurable: true,
    enumerable: true,
    get: () => (exports as Record<string, unknown>)[name],
  });
}

function exportedNames(exports: object): readonly string[] {
  return Object.keys(exports).filter((name) => name !== "default" && name !== "__esModule");
}

function isInherited(exports: object, name: string): boolean {
  return name in exports && !(name in Object.prototype) && !(name in Function.prototype);
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
