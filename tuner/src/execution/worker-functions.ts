/** Functions that cross to another process as text: what they need must be inside them. Node only. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction, constants } from "node:vm";
import { DefinitionError } from "../errors";

/** A cell of a notebook has its functions' awaits and imports rewritten to calls of this object. */
const NOTEBOOK = "__kernel";

/**
 * Returns the text of an expression that makes the function again: an arrow function, `function` or
 * method, also an async one.
 *
 * @throws DefinitionError `no-source` for functions without JavaScript of their own: native ones, bound
 *   ones, classes
 */
export function functionSource(fn: (...values: never[]) => unknown): string {
  const text = Function.prototype.toString.call(fn);
  // A method's text is no expression by itself: "build(hp) { ... }".
  const asMethod = `Object.values({ ${text} })[0]`;
  const source = [text, asMethod].find(parses);
  if (source !== undefined && !/^class\b/.test(text)) return source;
  throw new DefinitionError(
    "no-source",
    `The function ${fn.name || "without a name"} can't be sent to a worker as text: ` +
      `${/^class\b/.test(text) ? "it is a class" : "it is native, bound, or uses super or private names"}. ` +
      `${CURE}`,
    { name: fn.name },
  );
}

const CURE =
  "Write it as a function of its own, with everything it needs inside, or give the workers a module.";

/**
 * Returns the function of a source that `functionSource` returned. It sees the names in `scope`, those of
 * JavaScript and Node, and nothing else; `require` and `import` start from the working folder.
 *
 * @param what its name in messages
 * @returns a function that throws DefinitionError `not-self-contained` where it names anything else
 */
export function reviveFunction(
  source: string,
  scope: Readonly<Record<string, unknown>>,
  what = "The function",
): (...values: readonly unknown[]) => unknown {
  const filename = join(process.cwd(), "function-from-notebook.js");
  const all: Record<string, unknown> = {
    require: createRequire(filename),
    [NOTEBOOK]: notebookCalls(filename),
    ...scope,
  };
  const compile = compileFunction(`"use strict"; return (${source}\n);`, Object.keys(all), {
    filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const fn: unknown = compile(...Object.values(all));
  if (typeof fn !== "function") throw new TypeError(`${what} is no function any more: ${source}`);
  return (...values) => {
    try {
      const result: unknown = fn(...values);
      if (!(result instanceof Promise)) return result;
      return result.catch((error: unknown) => {
        throw explained(error, what);
      });
    } catch (error) {
      throw explained(error, what);
    }
  };
}

/** What awaits and imports of a notebook's functions become outside it. */
function notebookCalls(filename: string): Readonly<Record<string, unknown>> {
  const importFrom = compileFunction("return (specifier) => import(specifier);", [], {
    filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return { wait: (value: unknown) => value, import: importFrom() as unknown };
}

function parses(text: string): boolean {
  try {
    // Compiled, never called.
    compileFunction(`"use strict"; return (${text}\n);`);
    return true;
  } catch {
    return false;
  }
}

function explained(error: unknown, what: string): unknown {
  const name = error instanceof Error && /^(\S+) is not defined$/.exec(error.message)?.[1];
  if (!(error instanceof ReferenceError) || !name) return error;
  return new DefinitionError(
    "not-self-contained",
    `${what} uses "${name}", which it does not define: a function is sent to the workers as text, ` +
      "without what surrounds it. Import or define it inside the function, or put the function into " +
      "a module and give the workers that.",
    { name },
  );
}
