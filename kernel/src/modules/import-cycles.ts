import path from "node:path";
import type { ModuleInstance } from "./module-instance";

/**
 * Adds to an error about a binding that is not there yet which local files import each other, if any
 * do: then that is why. Returns any other error as it is.
 */
export function explainCycle(error: unknown, instances: readonly ModuleInstance[]): unknown {
  const isEarly = error instanceof ReferenceError && /before initialization/.test(error.message);
  if (!isEarly) return error;
  const cycle = findCycle(instances);
  if (!cycle) return error;
  const names = cycle.map((file) => path.basename(file));
  const { message, stack = "" } = error;
  error.message = `${message}: ${[...names, names[0]].join(" imports ")}, so that one of them runs before what it needs is there`;
  error.stack = stack.replace(message, () => error.message);
  return error;
}

/** Returns the files of a cycle, each importing the next, the last the first. */
function findCycle(instances: readonly ModuleInstance[]): readonly string[] | undefined {
  const targets = new Map(instances.map((instance) => [instance.file, instance.targets]));
  const finished = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    if (trail.includes(file)) return trail.slice(trail.indexOf(file));
    if (finished.has(file)) return undefined;
    finished.add(file);
    trail.push(file);
    for (const target of targets.get(file) ?? []) {
      const cycle = visit(target);
      if (cycle) return cycle;
    }
    trail.pop();
    return undefined;
  };
  for (const { file } of instances) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}
