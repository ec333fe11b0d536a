/** Runs the author's own cells, as one piece of code in which no other assignment's names are seen. */
import { createRequire } from "node:module";
import path from "node:path";
import { runInThisContext } from "node:vm";
import { type collectChecks, remoteFunction } from "@headroom/checks/judge";
import { compileCell } from "@headroom/kernel/session";
import { AssignmentError } from "./assignment-error";

/** Code that stands in the text source. */
interface SourceCell {
  readonly line: number;
  readonly source: string;
}

/** Names in place of code: functions that the student is to write. */
interface AbsentCell {
  readonly line: number;
  readonly names: readonly string[];
}

/** What to run. */
export interface AuthorsCells {
  /** The text source: errors name its lines, and imports are found from its folder. */
  readonly file: string;
  readonly cells: readonly (SourceCell | AbsentCell)[];
}

/** What one run is given. */
export interface AuthorsRun {
  /** What `@headroom/checks` is. */
  readonly checks: ReturnType<typeof collectChecks>["checks"];
  /** Called when a cell has ended, with its number. */
  readonly onEnd: (cell: number) => void;
}

/** What compiled cells call; see the kernel's own. */
interface Runtime {
  readonly wait: (value: unknown) => unknown;
  readonly iterate: (iterable: unknown) => unknown;
  readonly load: (specifier: string) => unknown;
  readonly import: (specifier: string) => Promise<unknown>;
  readonly require: NodeJS.Require;
  readonly result: () => void;
  /** Ours: the stand-in for a student's function. */
  readonly absent: (name: string) => unknown;
  /** Ours: the numbered cell has ended. */
  readonly ended: (cell: number) => void;
}

/** The name by which compiled cells reach their runtime: here a parameter, which hides a kernel's. */
const RUNTIME = "__kernel";

/**
 * Returns a function that runs the cells in their order, from the beginning each time. They are trusted:
 * nothing keeps them from what this process may do.
 *
 * @throws AssignmentError that names the line where they can't be read; a run rejects with one, where they fail
 */
export function compileAuthorsCells({
  file,
  cells,
}: AuthorsCells): (run: AuthorsRun) => Promise<void> {
  const label = path.basename(file);
  const require = createRequire(path.resolve(file));
  const complain = (error: unknown) =>
    new AssignmentError(file, [{ line: lineOf(error, label), message: messageOf(error) }]);
  let code: (runtime: Runtime) => Promise<void>;
  try {
    const { js } = compileCell(textOf(cells), { id: 0, label });
    code = runInThisContext(`(async (${RUNTIME}) => {${js}\n})`, label) as typeof code;
  } catch (error) {
    throw complain(error);
  }
  return async ({ checks, onEnd }) => {
    const load = async (specifier: string): Promise<unknown> => {
      if (specifier === "@headroom/checks") return checks;
      return specifier.startsWith("node:") ? await import(specifier) : require(specifier);
    };
    try {
      await code({
        wait: (value) => value,
        iterate: (iterable) => iterable,
        load,
        import: load,
        require,
        result() {},
        absent: remoteFunction,
        ended: onEnd,
      });
    } catch (error) {
      throw complain(error);
    }
  };
}

/** The cells' code, each line where it stands in the text source. */
function textOf(cells: AuthorsCells["cells"]): string {
  const lines: string[] = [];
  for (const [index, cell] of cells.entries()) {
    while (lines.length < cell.line - 1) lines.push("");
    if ("source" in cell) lines.push(...cell.source.split("\n"), `;${RUNTIME}.ended(${index});`);
    else lines.push(cell.names.map(absentName).join(" "));
  }
  return lines.join("\n");
}

function absentName(name: string): string {
  return `const ${name} = ${RUNTIME}.absent(${JSON.stringify(name)});`;
}

function lineOf(error: unknown, label: string): number {
  const { place } = error as { place?: { line?: unknown } };
  if (typeof place?.line === "number") return place.line;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(`${label}:`);
  return at === -1 ? 1 : Number.parseInt(stack.slice(at + label.length + 1), 10) || 1;
}

/** Returns what an author is told of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
