import type * as CompileCell from "../cell/compile-cell";
import type * as CompileExpression from "../cell/compile-expression";
import type * as Completeness from "../cell/completeness";

/** The part of the kernel that knows TypeScript's syntax. */
export interface Compiler {
  readonly compileCell: typeof CompileCell.compileCell;
  readonly compileExpression: typeof CompileExpression.compileExpression;
  readonly completeness: typeof Completeness.completeness;
}

/** The compiler; its modules, which are heavy, are loaded when they are first needed. */
export const lazyCompiler: Compiler = {
  get compileCell() {
    return (require("../cell/compile-cell") as typeof CompileCell).compileCell;
  },
  get compileExpression() {
    return (require("../cell/compile-expression") as typeof CompileExpression).compileExpression;
  },
  get completeness() {
    return (require("../cell/completeness") as typeof Completeness).completeness;
  },
};
