/** Runs compiled cells in V8 as the kernel does, with a kernel that only takes notes. */
import { Session } from "node:inspector";
import { createContext } from "node:vm";
import { compileCell } from "../compile-cell";

/** What the cells asked of the kernel. */
export interface CellLog {
  readonly results: unknown[];
  /** The places of awaits. */
  readonly waits: string[];
  /** The arguments of static imports. */
  readonly loads: unknown[];
}

interface Evaluation {
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

interface Disposable {
  readonly [Symbol.dispose]?: () => void;
  readonly [Symbol.asyncDispose]?: () => Promise<void>;
}

const MODULES: Readonly<Record<string, object>> = {
  "node:path": { default: { sep: "/" }, sep: "/", join: (...parts: string[]) => parts.join("/") },
  "./data.json": { default: { rows: 3 } },
  h: { h: (tag: string, props: object, ...rest: unknown[]) => [tag, props, ...rest] },
  "react/jsx-runtime": {
    jsx: (tag: string, props: object) => ({ tag, ...props }),
    jsxs: (tag: string, props: object) => ({ tag, ...props }),
    Fragment: "fragment",
  },
};

/** V8's debugger, by which the kernel evaluates cells. */
class Evaluator {
  private readonly session = new Session();
  private readonly contexts: number[] = [];
  private ready: Promise<unknown> | undefined;

  /** Makes a new global scope with these globals. */
  async newScope(globals: object): Promise<number> {
    this.ready ??= this.connect();
    await this.ready;
    const known = this.contexts.length;
    createContext(globals);
    return this.contexts[known] ?? 0;
  }

  async evaluate(expression: string, contextId: number): Promise<void> {
    const params = { expression, contextId, replMode: true, awaitPromise: true };
    const { exceptionDetails } = (await this.post("Runtime.evaluate", params)) as Evaluation;
    if (exceptionDetails === undefined) return;
    const { text, exception } = exceptionDetails;
    throw new Error(`${exception?.description ?? text}\nin\n${expression}`);
  }

  private connect(): Promise<unknown> {
    this.session.connect();
    this.session.on("Runtime.executionContextCreated", ({ params }) => {
      this.contexts.push(params.context.id);
    });
    return this.post("Runtime.enable", {});
  }

  private post(method: string, params: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.session.post(method, params, (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });
  }
}

const evaluator = new Evaluator();

/** Runs cells one after the other in a new global scope; throws what the first of them throws. */
export async function runCells(...cells: string[]): Promise<CellLog> {
  const log: CellLog = { results: [], waits: [], loads: [] };
  const held: Disposable[] = [];
  const scope = await evaluator.newScope({
    __kernel: fakeKernel(log, held),
    sleep,
    symbols: [Symbol.dispose, Symbol.asyncDispose],
  });
  await evaluator.evaluate(
    "['dispose', 'asyncDispose'].forEach((name, i) => Object.defineProperty(Symbol, name, { value: symbols[i] }))",
    scope,
  );
  for (const [index, code] of cells.entries()) {
    const { js } = compileCell(code, { id: index + 1, label: `In[${index + 1}]` });
    await evaluator.evaluate(js, scope);
    for (const value of held.splice(0).reverse()) {
      value[Symbol.dispose]?.();
    }
  }
  return log;
}

const sleep = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** Runs cells and returns all their results, as data. */
export async function cellResults(...cells: string[]): Promise<unknown[]> {
  return asData((await runCells(...cells)).results);
}

/** Objects of another global scope have other prototypes; as JSON they can be compared. */
export function asData(values: readonly unknown[]): unknown[] {
  const text = JSON.stringify(values, (_key, item: unknown) => {
    if (item === undefined) return "undefined";
    return typeof item === "function" ? `function ${item.name}` : item;
  });
  return JSON.parse(text) as unknown[];
}

function fakeKernel(log: CellLog, held: Disposable[]): object {
  const note = (value: unknown, at: string): unknown => {
    log.waits.push(at);
    return value;
  };
  return {
    wait: note,
    iterate: note,
    import: async (specifier: string) => MODULES[specifier],
    load: async (specifier: string, ...rest: unknown[]) => {
      log.loads.push([specifier, ...rest]);
      return MODULES[specifier];
    },
    result: (_id: number, value: unknown) => log.results.push(value),
    use: (_id: number, value: Disposable) => {
      held.push(value);
      return value;
    },
    require: (specifier: string) => MODULES[specifier],
    meta: { url: "file:///notebook.ipynb" },
    dirname: "/folder",
    filename: "/folder/notebook.ipynb",
  };
}
