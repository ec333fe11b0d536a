/** What a cell becomes, and how it can fail to. */

/** What a top-level name stands for; decides how the type checker passes it on to later cells. */
export type BindingKind =
  | "const"
  | "let"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "type"
  | "import"
  | "import type";

/** Whether type errors stop the cell, are only told, or are not looked for. */
export type CheckMode = "check" | "warn" | "off";

/** What comments at the head of a cell ask of the kernel. */
export interface Directives {
  /** `// @check warn`; undefined: as the notebook is set. */
  readonly check?: CheckMode;
  /** `// @check warn notebook`: from this cell on. */
  readonly checkNotebook?: CheckMode;
}

/** A place in a cell; both count from 1, columns in UTF-16 units, as V8 does. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A cell, compiled for V8's REPL mode. */
export interface CompiledCell {
  readonly code: string;
  readonly js: string;
  /** Its own top-level names. */
  readonly bindings: ReadonlyMap<string, BindingKind>;
  /** Every identifier in it, types included: an over-estimate of what it uses of other cells. */
  readonly mentions: ReadonlySet<string>;
  readonly hasJsx: boolean;
  readonly directives: Directives;
  /** Where in `code` a place of `js` comes from. */
  toSource(place: Place): Place;
}

/** A cell that is no TypeScript. `place` is where the parser gave up. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";

  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}
