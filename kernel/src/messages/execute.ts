import type { MimeBundle } from "../bridge/contract";
import { flagField, objectField, textField } from "./fields";
import type { Content } from "./message";

/** What an `execute_request` asks for. */
export interface ExecuteRequest {
  readonly code: string;
  /** True: nothing is published, and the cell does not count. */
  readonly silent: boolean;
  /** False: the cell does not count and is not kept in the history. */
  readonly storeHistory: boolean;
  /** Expressions to evaluate when the cell has ended well, by name. */
  readonly userExpressions: Readonly<Record<string, string>>;
  readonly allowStdin: boolean;
  /** True: when the cell fails, what waits behind it is aborted. */
  readonly stopOnError: boolean;
}

/** How an entry of `user_expressions` is answered. */
export type ExpressionReply =
  | ({ readonly status: "ok" } & MimeBundle)
  | {
      readonly status: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/** Returns the request, or undefined where `code`, which alone has no default, is missing. */
export function readExecuteRequest(content: Content): ExecuteRequest | undefined {
  const { code } = content;
  if (typeof code !== "string") return undefined;
  const silent = flagField(content, "silent", false);
  const expressions = objectField(content, "user_expressions");
  return {
    code,
    silent,
    storeHistory: !silent && flagField(content, "store_history", true),
    userExpressions: Object.fromEntries(
      Object.keys(expressions).map((name) => [name, textField(expressions, name)]),
    ),
    allowStdin: flagField(content, "allow_stdin", false),
    stopOnError: flagField(content, "stop_on_error", true),
  };
}

/** Returns the content of an `execute_reply`. */
export function executeReply(
  outcome:
    | { readonly status: "ok" | "aborted" }
    | {
        readonly status: "error";
        readonly ename: string;
        readonly evalue: string;
        readonly traceback: readonly string[];
      },
  executionCount: number,
  userExpressions: Readonly<Record<string, ExpressionReply>> = {},
): Content {
  return {
    ...outcome,
    execution_count: executionCount,
    user_expressions: userExpressions,
    payload: [],
  };
}
