import { fileURLToPath } from "node:url";
import { ModuleSyntaxError, syntaxErrorAt } from "./module-errors";

/** An ES module that `require` cannot load; `code` is Node's. */
class RequireError extends Error {
  override readonly name = "Error";

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ERR_REQUIRE_ASYNC_MODULE:
    "it is an ES module that awaits at its top level, or imports one that does",
  ERR_REQUIRE_ESM: "it is an ES module, and this Node was told not to require those",
  ERR_REQUIRE_CYCLE_MODULE: "it is an ES module that is being loaded just now, by an import",
  ERR_REQUIRE_ESM_RACE_CONDITION: "it is an ES module that is being loaded just now, by an import",
};

/** Returns Node's error about a required ES module in words that say what to write instead. */
export function explainRequireError(error: unknown, specifier: string): unknown {
  const code = String((error as { code?: unknown } | undefined)?.code);
  const reason = REASONS[code];
  if (reason === undefined || error instanceof RequireError) return error;
  return new RequireError(
    `require can't load '${specifier}': ${reason}. Write: await import('${specifier}')`,
    code,
  );
}

/**
 * Returns V8's complaint about the text of a local file with the file and the place in it; any other
 * error as it is.
 */
export function explainSyntaxError(error: unknown, isLocal: (file: string) => boolean): unknown {
  if (!(error instanceof SyntaxError) || error instanceof ModuleSyntaxError) return error;
  // V8 puts the place, the line and a row with carets before the error's name.
  const [head = "", , carets = ""] = (error.stack ?? "").split("\n");
  const match = /^(.*):(\d+)$/.exec(head);
  const file = localPath(match?.[1] ?? "");
  if (!isLocal(file)) return error;
  const place = { line: Number(match?.[2]), column: Math.max(1, carets.indexOf("^") + 1) };
  return syntaxErrorAt(error.message, file, place);
}

function localPath(script: string): string {
  return script.startsWith("file:") ? fileURLToPath(script) : script;
}
