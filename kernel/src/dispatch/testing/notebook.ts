/** A kernel's dispatch without sockets and without a main thread, for tests. */
import type { CellOutcome, ToMain } from "../../bridge/contract";
import { compileCell } from "../../cell/compile-cell";
import { compileExpression } from "../../cell/compile-expression";
import { completeness } from "../../cell/completeness";
import type { Content, Header } from "../../messages/message";
import type { RequestChannel } from "../../transport/sockets";
import type { TypeChecker } from "../../typecheck/type-checker";
import { createAnswers } from "../answers";
import { createCellExecution } from "../cell-execution";
import { createCellOutput } from "../cell-output";
import { createCellPreparation } from "../cell-preparation";
import { createCellRecords } from "../cell-records";
import { createComms } from "../comms";
import { createExecutionQueue } from "../execution-queue";
import { createHistory } from "../history";
import { createImportOffers } from "../import-offers";
import { createQuestions } from "../questions";
import { createReception } from "../reception";
import { createRunningWork } from "../running-work";
import { createWire } from "../wire";

/** A message as a client sees it. */
export interface Sent {
  readonly channel: string;
  readonly type: string;
  /** The `msg_id` of the request that it belongs to. */
  readonly parent: string | undefined;
  readonly content: Content;
}

/** What the main thread does with a cell; undefined: it never ends. */
export type Evaluate = (
  cell: Extract<ToMain, { type: "run" }>["cell"],
) => Partial<CellOutcome> | undefined;

const NO_CHECKER: TypeChecker = {
  check: async () => [],
  declare: () => {},
  complete: async (_, offset) => ({ items: [], start: offset, end: offset }),
  inspect: async () => undefined,
  stop: () => {},
};

/** Returns a notebook whose cells are "run" by `evaluate`. */
export function createNotebook(
  evaluate: Evaluate = () => ({}),
  checker: Partial<TypeChecker> = {},
) {
  const sent: Sent[] = [];
  const toMain: ToMain[] = [];
  const logged: string[] = [];
  const note =
    (channel: string) =>
    (message: { type: string; parent?: Header | undefined; content: Content }) =>
      sent.push({
        channel,
        type: message.type,
        parent: message.parent?.msg_id,
        content: message.content,
      });
  const wire = createWire({
    publish: note("iopub"),
    reply: (channel, _, message) => note(channel)(message),
    published: async () => {},
    bind: async () => {},
    close: async () => {},
  });
  const log = (text: string) => logged.push(text);
  const records = createCellRecords();
  const output = createCellOutput(wire, records, log);
  const parts = {
    wire,
    records,
    output,
    sources: { cell: records.source, folder: "/notebook", kernelFolder: "/kernel" },
    compiler: { compileCell, compileExpression, completeness },
    checkMode: "check" as const,
    checker: { ...NO_CHECKER, ...checker },
    history: createHistory({ load: async () => [], append: () => {}, saved: async () => {} }),
    comms: createComms(),
    offers: createImportOffers(),
    work: createRunningWork(),
    log,
  };
  const postToMain = (message: ToMain) => {
    toMain.push(message);
    const { work } = parts;
    if (message.type === "run") {
      const outcome = evaluate(message.cell);
      const usual = { id: message.cell.id, interrupted: false, expressions: {} };
      if (outcome) queueMicrotask(() => work.end({ ...usual, ...outcome }));
    }
    if (message.type === "comm") {
      queueMicrotask(() => work.end({ id: message.id, interrupted: false, expressions: {} }));
    }
  };
  const questions = createQuestions({
    ...parts,
    answerBlocking: (answer) => toMain.push({ type: "input", answer }),
    answerLater: (answer) => toMain.push({ type: "input", answer }),
  });
  const queue = createExecutionQueue((error) => log(String(error)));
  const preparation = createCellPreparation(parts);
  const turns = { started: () => {}, ended: questions.forget };
  const execution = createCellExecution({
    ...parts,
    ...turns,
    preparation,
    declare: parts.checker.declare,
    postToMain,
    abortWaiting: queue.abortWaiting,
  });
  const ports = { shell: 1, control: 2, stdin: 3, iopub: 4, hb: 5 };
  const connection = { transport: "tcp", ip: "", key: "", signatureScheme: "", ports } as const;
  const receive = createReception({
    ...parts,
    ...turns,
    answers: createAnswers({ ...parts, connection }),
    execution,
    queue,
    questions,
    postToMain,
    flush: output.flush,
    interrupt: async () => {
      preparation.cancel();
    },
    interruptEarlier: async () => {
      log("interrupted what came before");
    },
    leave: () => log("left"),
  });
  let ids = 0;
  return {
    ...parts,
    sent,
    toMain,
    logged,
    questions,
    execution,
    /** Sends a request and returns its `msg_id`. */
    send(type: string, content: Content = {}, channel: RequestChannel = "shell"): string {
      const header = { msg_id: `m${++ids}`, msg_type: type, session: "s" };
      const rest = { parentHeader: {}, metadata: {}, buffers: [], identities: [] };
      receive(channel, { header, content, ...rest });
      return header.msg_id;
    },
    /** The messages that belong to a request, when it is idle. */
    async settled(id: string): Promise<Sent[]> {
      const own = () => sent.filter(({ parent }) => parent === id);
      for (let turn = 0; turn < 500; turn++) {
        if (own().some(({ content }) => content.execution_state === "idle")) return own();
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      throw new Error(`no idle of ${id} among ${JSON.stringify(sent)}`);
    },
  };
}

/** The kinds of messages, with the state of `status`. */
export function kinds(messages: readonly Sent[]): string[] {
  return messages.map(({ type, content }) => String(content.execution_state ?? type));
}

/** The content of the only message of that type. */
export function contentOf(messages: readonly Sent[], type: string): Content {
  const found = messages.filter((message) => message.type === type);
  if (found.length !== 1 || !found[0]) {
    throw new Error(`expected one ${type}, got ${found.length}: ${JSON.stringify(messages)}`);
  }
  return found[0].content;
}
