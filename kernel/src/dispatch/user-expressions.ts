import type { ErrorInfo, ExpressionOutcome } from "../bridge/contract";
import type { ExpressionReply } from "../messages/execute";
import type { Compiler } from "./compiler";
import type { ShownError } from "./traceback";

/** Expressions that can be evaluated, and the replies of those that are no TypeScript. */
export interface CompiledExpressions {
  /** JavaScript by name. */
  readonly expressions: Readonly<Record<string, string>>;
  readonly failed: Readonly<Record<string, ExpressionReply>>;
}

/** Returns the `user_expressions` of a request, compiled. */
export function compileExpressions(
  texts: Readonly<Record<string, string>>,
  compiler: Pick<Compiler, "compileExpression">,
): CompiledExpressions {
  const expressions: Record<string, string> = {};
  const failed: Record<string, ExpressionReply> = {};
  for (const [name, text] of Object.entries(texts)) {
    try {
      expressions[name] = compiler.compileExpression(text);
    } catch (error) {
      const evalue = error instanceof Error ? error.message : String(error);
      failed[name] = {
        status: "error",
        ename: "SyntaxError",
        evalue,
        traceback: [`SyntaxError: ${evalue}`],
      };
    }
  }
  return { expressions, failed };
}

/** Returns the entries of `user_expressions` in an `execute_reply`. */
export function expressionReplies(
  outcomes: Readonly<Record<string, ExpressionOutcome>>,
  show: (error: ErrorInfo) => ShownError,
): Record<string, ExpressionReply> {
  return Object.fromEntries(
    Object.entries(outcomes).map(([name, outcome]): [string, ExpressionReply] => [
      name,
      outcome.ok
        ? { status: "ok", data: outcome.bundle.data, metadata: outcome.bundle.metadata }
        : { status: "error", ...show(outcome.error) },
    ]),
  );
}
