/** The way of a cell: prepare, run, reply. */
import type { CellOutcome, ToMain } from "../bridge/contract";
import type { CompiledCell } from "../cell/compiled-cell";
import type { ExecuteRequest, ExpressionReply } from "../messages/execute";
import { executeReply } from "../messages/execute";
import type { CellOutput } from "./cell-output";
import type { CellPreparation } from "./cell-preparation";
import type { CellRecords } from "./cell-records";
import type { Compiler } from "./compiler";
import type { History } from "./history";
import { withPrintedPlaces } from "./printed-places";
import type { RunningWork } from "./running-work";
import type { ShownError, TracebackSources } from "./traceback";
import { showError } from "./traceback";
import {
  type CompiledExpressions,
  compileExpressions,
  expressionReplies,
} from "./user-expressions";
import type { Request, Wire } from "./wire";

/** What the execution of cells stands on. */
export interface ExecutionParts {
  readonly wire: Wire;
  readonly output: CellOutput;
  readonly records: CellRecords;
  readonly sources: TracebackSources;
  readonly history: History;
  readonly work: RunningWork;
  readonly compiler: Compiler;
  readonly preparation: CellPreparation;
  /** A cell's bindings are from now on known to later cells. */
  declare(cell: CompiledCell): void;
  postToMain(message: ToMain): void;
  /** The main thread has, or no longer has, a cell to run. */
  started(id: number): void;
  ended(id: number): void;
  /** A cell has failed, and what waits behind it is to be aborted. */
  abortWaiting(): void;
}

/** Runs cells; one at a time. */
export interface CellExecution {
  execute(request: Request, asked: ExecuteRequest): Promise<void>;
  /** Replies to a cell that does not run, since one before it failed. */
  abort(request: Request): void;
  /**
   * Ends all requests, since the kernel ends: with this error the one that is open, or, where none is,
   * tells it under the cell that began last; those that wait are aborted. Resolves when that is done.
   */
  failAll(error: ShownError): Promise<void>;
  /** The request whose cell is being prepared or runs; undefined for none. */
  readonly open: Request | undefined;
}

interface OpenCell {
  readonly id: number;
  readonly label: string;
  readonly count: number;
  readonly request: Request;
  readonly asked: ExecuteRequest;
}

interface Success {
  readonly outcome: CellOutcome;
  /** Expressions that were no TypeScript. */
  readonly failed: Readonly<Record<string, ExpressionReply>>;
  /** What ran. */
  readonly code: string;
}

type Ending = { readonly error: ShownError } | Success;

/** Returns the execution of a notebook's cells; their count begins at 1. */
export function createCellExecution(parts: ExecutionParts): CellExecution {
  const { wire, output, records, sources, history, work } = parts;
  let count = 0;
  let open: OpenCell | undefined;

  function begin(request: Request, asked: ExecuteRequest): OpenCell {
    if (asked.storeHistory) history.add(++count, asked.code);
    const id = records.nextId();
    const label = asked.storeHistory ? `In[${count}]` : `In[unnumbered-${id}]`;
    records.add({ id, label, request, silent: asked.silent, allowStdin: asked.allowStdin });
    wire.status(request.message.header, "busy");
    output.publish(id, "execute_input", { code: asked.code, execution_count: count });
    return { id, label, count, request, asked };
  }

  async function run(cell: OpenCell): Promise<Ending> {
    const { id, label, asked } = cell;
    const expressions = compileExpressions(asked.userExpressions, parts.compiler);
    const { failed } = expressions;
    if (asked.code.trim() === "") {
      const nothing = { js: "", bindings: new Map(), code: asked.code };
      return { outcome: await evaluate(cell, nothing, expressions), failed, code: asked.code };
    }
    const prepared = await parts.preparation.prepare({ id, label, code: asked.code });
    if ("ename" in prepared) return { error: prepared };
    if (open !== cell) return { error: { ename: "", evalue: "", traceback: [] } };
    parts.declare(prepared);
    const outcome = await evaluate(cell, prepared, expressions);
    if (outcome.error) return { error: showError(outcome.error, sources) };
    return { outcome, failed, code: prepared.code };
  }

  async function evaluate(
    { id, label, asked }: OpenCell,
    { js, bindings }: Pick<CompiledCell, "js" | "bindings">,
    { expressions }: CompiledExpressions,
  ): Promise<CellOutcome> {
    if (js === "" && Object.keys(expressions).length === 0) {
      return { id, interrupted: false, expressions: {} };
    }
    const ended = work.begin(id);
    parts.started(id);
    parts.postToMain({
      type: "run",
      cell: {
        id,
        label,
        js,
        bindings: [...bindings.keys()],
        allowStdin: asked.allowStdin,
        expressions,
      },
    });
    const outcome = await ended;
    parts.ended(id);
    return outcome;
  }

  function succeed(cell: OpenCell, { outcome, failed, code }: Success): void {
    if (outcome.result) {
      const { data, metadata } = withPrintedPlaces(outcome.result, records.source);
      const execution_count = cell.count;
      output.publish(cell.id, "execute_result", { execution_count, data, metadata });
      const text = data["text/plain"];
      if (cell.asked.storeHistory && typeof text === "string") history.setOutput(cell.count, text);
    }
    const replies = expressionReplies(outcome.expressions, (error) => showError(error, sources));
    // Imports were added: the front end shows them in the cell.
    const changed = code !== cell.asked.code;
    const payload = changed ? [{ source: "set_next_input", text: code, replace: true }] : [];
    const expressions = { ...replies, ...failed };
    const content = { ...executeReply({ status: "ok" }, cell.count, expressions), payload };
    wire.reply(cell.request, "execute_reply", content);
  }

  function fail(cell: OpenCell, error: ShownError): void {
    output.publish(cell.id, "error", { ...error });
    const content = executeReply({ status: "error", ...error }, cell.count);
    wire.reply(cell.request, "execute_reply", content);
  }

  function close(cell: OpenCell): void {
    output.flush();
    wire.status(cell.request.message.header, "idle");
    open = undefined;
  }

  return {
    async execute(request, asked) {
      const cell = begin(request, asked);
      open = cell;
      const ending = await run(cell);
      // The kernel may have ended the request already.
      if (open !== cell) return;
      output.flush();
      if ("error" in ending) {
        if (asked.stopOnError) parts.abortWaiting();
        fail(cell, ending.error);
      } else {
        succeed(cell, ending);
      }
      close(cell);
    },
    abort(request) {
      wire.status(request.message.header, "busy");
      wire.reply(request, "execute_reply", executeReply({ status: "aborted" }, count));
      wire.status(request.message.header, "idle");
    },
    async failAll(error) {
      const cell = open;
      if (!cell) output.stream(0, "stderr", `${error.traceback.join("\n")}\n`);
      output.flush();
      if (!cell) return;
      fail(cell, error);
      close(cell);
      parts.abortWaiting();
      const { ename, evalue } = error;
      work.giveUp(cell.id, { name: ename, message: evalue, stack: "", details: "" });
      await new Promise((resolve) => setImmediate(resolve));
    },
    get open() {
      return open?.request;
    },
  };
}
