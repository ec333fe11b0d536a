import { type CellRuntime, RUNTIME } from "../bridge/contract";
import type { CellModules } from "../modules/cell-modules";
import { iterate, wait } from "./awaits";
import { currentCell, runInCell } from "./cell-context";
import { toDisposable } from "./disposal";
import type { Evaluator } from "./evaluator";
import { usedAfterCollection } from "./garbage";
import type { Interruption } from "./interruption";

/**
 * Loads a module as code that writes its output under the cell but does not die with it: other cells
 * will use the module, too, and its timers.
 */
function asModule<T>(load: () => T): T {
  const { id, label, allowStdin } = currentCell();
  return runInCell({ id, label, allowStdin, dead: false, pending: new Set() }, load);
}

/** Defines the global by which compiled cells reach the kernel. */
export function defineCellRuntime(parts: {
  readonly evaluator: Pick<Evaluator, "current">;
  readonly modules: CellModules;
  readonly interruption: Pick<Interruption, "softly" | "firmly">;
}): void {
  const { evaluator, modules, interruption } = parts;
  const taskOf = (id: number) => {
    const task = evaluator.current;
    return task?.context.id === id ? task : undefined;
  };
  // Made when a cell first asks for it: it has much to load.
  let require: NodeJS.Require | undefined;
  const runtime: CellRuntime = {
    wait,
    iterate,
    import: (specifier, options) => asModule(() => modules.import(specifier, options)),
    load: (specifier, names, attributes) =>
      asModule(() => modules.load(specifier, names, attributes)),
    result(id, value) {
      const task = taskOf(id);
      if (task !== undefined) task.value = value;
    },
    use(id, value, isAsync) {
      const disposable = toDisposable(value, isAsync);
      if (disposable !== undefined) taskOf(id)?.disposables.push(disposable);
      return value;
    },
    get require() {
      require ??= new Proxy(modules.require, {
        apply: (target, self, args) => asModule(() => Reflect.apply(target, self, args)),
      });
      return require;
    },
    get meta() {
      return modules.meta;
    },
    get dirname() {
      return modules.dirname;
    },
    get filename() {
      return modules.filename;
    },
    expression(value) {
      if (evaluator.current !== undefined) evaluator.current.expression = value;
    },
    interruptSoftly: interruption.softly,
    interruptFirmly: interruption.firmly,
    usedAfterCollection,
  };
  Object.defineProperty(globalThis, RUNTIME, { value: runtime, enumerable: false });
}
