import type { CompiledCell, Place } from "../cell/compiled-cell";

/** A type error, in the cell's own lines. */
export interface TypeProblem {
  /** TypeScript's number: 2322 for TS2322. */
  readonly code: number;
  readonly message: string;
  readonly start: Place;
  readonly end: Place;
}

/** One thing that can stand at the cursor. */
export interface CompletionItem {
  readonly label: string;
  /** Jupyter's word for what it is: function, class, variable, property, module, keyword ... */
  readonly kind: string;
  /** Its type, in short; may be empty. */
  readonly signature: string;
  /** Its doc comment as Markdown, where it is known without asking for each; may be empty. */
  readonly documentation: string;
  /** For something that must be imported first: the package that has it. */
  readonly importFrom?: string;
}

/** What can stand at the cursor; `start` and `end` are the offsets of the text it replaces. */
export interface Completion {
  readonly items: readonly CompletionItem[];
  readonly start: number;
  readonly end: number;
}

/** Checks types across the cells of one notebook, completes and explains. */
export interface TypeChecker {
  /**
   * Returns the cell's type errors, or undefined where no checker can be had (it died; a new one is
   * on its way): the cell then runs unchecked.
   */
  check(cell: CompiledCell): Promise<readonly TypeProblem[] | undefined>;
  /** Makes the cell's bindings known to later cells. */
  declare(cell: CompiledCell): void;
  /** `offset` and those in the result count UTF-16 units. */
  complete(code: string, offset: number): Promise<Completion>;
  /** Markdown: the signature, then the doc comment; undefined where nothing is known. */
  inspect(code: string, offset: number): Promise<string | undefined>;
  /** Ends its process. */
  stop(): void;
}
