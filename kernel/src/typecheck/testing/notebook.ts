import { expect } from "vitest";
import { compileCell } from "../../cell/compile-cell";
import { createTypeChecker, type NotebookTypeChecker } from "../create-type-checker";
import type { Completion, TypeProblem } from "../type-checker";
import { afterwards } from "./afterwards";
import { temporaryFolder } from "./temporary-folder";

/** A notebook with a real checker, cells numbered as they come. */
export interface TestNotebook {
  readonly folder: string;
  readonly checker: NotebookTypeChecker;
  /** What the checker and its server have logged. */
  readonly log: string[];
  /** Checks a cell without running it. */
  check(code: string): Promise<readonly TypeProblem[] | undefined>;
  /** As `check`, each problem as `TS2322 2:7-2:8 Type ...`. */
  problems(code: string): Promise<string[]>;
  /** Checks a cell that must be right, and makes its names known. */
  run(code: string): Promise<void>;
  /** Makes a cell's names known, as when it runs unchecked. */
  declare(code: string): void;
  /** Completes at the `|` in `code`. */
  complete(code: string): Promise<Completion>;
  /** Inspects at the `|` in `code`. */
  inspect(code: string): Promise<string | undefined>;
}

/** Starts a notebook in a new folder with `files`, or in `folder`; stopped {@link afterwards}. */
export function testNotebook(
  options: { files?: Readonly<Record<string, string>>; folder?: string; trace?: boolean } = {},
): TestNotebook {
  const folder = options.folder ?? temporaryFolder(options.files);
  const log: string[] = [];
  const onLog = (text: string) => void log.push(text);
  const checker = createTypeChecker({ folder, onLog, trace: options.trace ?? false });
  afterwards(() => checker.stop());
  let cells = 0;
  const compile = (code: string) => compileCell(code, { id: ++cells, label: `In[${cells}]` });
  const check = (code: string) => checker.check(compile(code));
  return {
    folder,
    checker,
    log,
    check,
    async problems(code) {
      const problems = await check(code);
      expect(problems, `no answer for ${code}`).toBeDefined();
      return (problems ?? []).map(({ code: number, message, start, end }) => {
        const range = `${start.line}:${start.column}-${end.line}:${end.column}`;
        return `TS${number} ${range} ${message}`;
      });
    },
    async run(code) {
      const cell = compile(code);
      expect(await checker.check(cell), code).toEqual([]);
      checker.declare(cell);
    },
    declare: (code) => checker.declare(compile(code)),
    complete: (code) => checker.complete(...atCursor(code)),
    inspect: (code) => checker.inspect(...atCursor(code)),
  };
}

function atCursor(marked: string): [code: string, offset: number] {
  const offset = marked.indexOf("|");
  if (offset < 0) throw new Error(`Expected a | where the cursor is, got ${marked}`);
  return [marked.slice(0, offset) + marked.slice(offset + 1), offset];
}
