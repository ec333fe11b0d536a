/** What happens to a cell before it runs: it is compiled, and its types are checked. */
import type { ErrorInfo } from "../bridge/contract";
import type { CheckMode, CompiledCell, Place } from "../cell/compiled-cell";
import type { TypeChecker, TypeProblem } from "../typecheck/type-checker";
import type { CellOutput } from "./cell-output";
import type { CellRecords } from "./cell-records";
import type { Compiler } from "./compiler";
import type { ImportOffers } from "./import-offers";
import type { ShownError, TracebackSources } from "./traceback";
import { showError, showProblems, showSyntaxError } from "./traceback";

/** What preparation stands on. */
export interface PreparationParts {
  readonly output: CellOutput;
  readonly records: CellRecords;
  readonly sources: TracebackSources;
  readonly compiler: Compiler;
  readonly checker: TypeChecker;
  readonly offers: ImportOffers;
  /** How cells are checked that do not say it themselves. */
  readonly checkMode: CheckMode;
  log(text: string): void;
}

/** A cell that is to be prepared. */
interface UnpreparedCell {
  readonly id: number;
  readonly label: string;
  readonly code: string;
}

/** A cell that can run, or the error that keeps it from running. */
type Prepared = CompiledCell | ShownError;

/** Prepares one cell at a time. */
export interface CellPreparation {
  /** The cell's `code` is longer than what was asked for where imports were added to it. */
  prepare(cell: UnpreparedCell): Promise<Prepared>;
  /** Ends it with an InterruptedError; false where nothing is being prepared. */
  cancel(): boolean;
}

const INTERRUPTED: ErrorInfo = {
  name: "InterruptedError",
  message: "the cell was interrupted before it ran",
  stack: "",
  details: "",
};

/** Returns the preparation of a notebook's cells. */
export function createCellPreparation(parts: PreparationParts): CellPreparation {
  const { output, records, sources, compiler, checker, offers } = parts;
  let notebookMode = parts.checkMode;
  let toldUnchecked = false;
  let interrupt: (() => void) | undefined;

  function compile({ id, label, code }: UnpreparedCell): Prepared {
    try {
      const compiled = compiler.compileCell(code, { id, label });
      records.addSource(label, compiled);
      return compiled;
    } catch (error) {
      records.addSource(label, { code, toSource: (place) => place });
      if (isSyntaxError(error)) return showSyntaxError(label, code, error.message, error.place);
      parts.log(`compile: ${error instanceof Error ? error.stack : error}`);
      const reason = error instanceof Error ? error.message : String(error);
      const evalue = `The kernel cannot compile this cell: ${reason}`;
      return { ename: "KernelError", evalue, traceback: [`KernelError: ${evalue}`] };
    }
  }

  function modeOf({ directives }: CompiledCell): CheckMode {
    notebookMode = directives.checkNotebook ?? notebookMode;
    return directives.check ?? notebookMode;
  }

  /** Returns no problems where nothing can be checked, and undefined for an interrupt. */
  async function check(
    { id }: UnpreparedCell,
    compiled: CompiledCell,
  ): Promise<readonly TypeProblem[] | undefined> {
    const interrupted = new Promise<"interrupted">((resolve) => {
      interrupt = () => resolve("interrupted");
    });
    const problems = await Promise.race([checker.check(compiled), interrupted]);
    interrupt = undefined;
    if (problems === "interrupted") return undefined;
    if (problems === undefined) tellUnchecked(id);
    return problems ?? [];
  }

  function tellUnchecked(id: number): void {
    if (toldUnchecked) return;
    toldUnchecked = true;
    const text =
      "The type checker does not answer: cells run without being checked until it does.\n";
    output.stream(id, "stderr", text);
  }

  /** The cell with the imports that completions have promised; undefined where they do not cure it. */
  async function addImports(
    cell: UnpreparedCell,
    problems: readonly TypeProblem[],
  ): Promise<CompiledCell | undefined> {
    const imports = offers.importsFor(problems);
    if (imports === "") return undefined;
    const longer = compile({ ...cell, code: imports + cell.code });
    if (!("ename" in longer) && (await check(cell, longer))?.length === 0) return longer;
    return undefined;
  }

  return {
    async prepare(cell) {
      const compiled = compile(cell);
      if ("ename" in compiled) return compiled;
      const mode = modeOf(compiled);
      const problems = mode === "off" ? [] : await check(cell, compiled);
      if (problems === undefined) return showError(INTERRUPTED, sources);
      if (problems.length === 0) return compiled;
      const cured = await addImports(cell, problems);
      if (cured) return cured;
      records.addSource(cell.label, compiled);
      const shown = showProblems(cell.label, cell.code, offers.explain(problems));
      if (mode === "check") return shown;
      output.stream(cell.id, "stderr", `${shown.traceback.join("\n")}\n`);
      return compiled;
    },
    cancel() {
      if (!interrupt) return false;
      interrupt();
      return true;
    },
  };
}

/** By its shape: the compiler, whose class it is, is loaded late. */
function isSyntaxError(error: unknown): error is SyntaxError & { place: Place } {
  return error instanceof SyntaxError && "place" in error;
}
