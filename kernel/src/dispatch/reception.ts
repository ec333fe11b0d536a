/** Takes requests in and sees that each is answered. */
import type { CommKind, ToMain } from "../bridge/contract";
import { readExecuteRequest } from "../messages/execute";
import { flagField, textField } from "../messages/fields";
import type { Content, Message } from "../messages/message";
import type { RequestChannel } from "../transport/sockets";
import type { Answer } from "./answers";
import type { CellExecution } from "./cell-execution";
import type { CellRecords } from "./cell-records";
import { createClientClocks } from "./client-clocks";
import type { Comms } from "./comms";
import type { ExecutionQueue } from "./execution-queue";
import type { Questions } from "./questions";
import type { RunningWork } from "./running-work";
import { sentBefore } from "./sent-before";
import type { Request, Wire } from "./wire";

/** What the reception stands on. */
export interface ReceptionParts {
  readonly wire: Wire;
  readonly answers: ReadonlyMap<string, Answer>;
  readonly execution: CellExecution;
  readonly queue: ExecutionQueue;
  readonly comms: Comms;
  readonly questions: Questions;
  readonly records: CellRecords;
  readonly work: RunningWork;
  postToMain(message: ToMain): void;
  flush(): void;
  /** The main thread has, or no longer has, a comm's message to handle. */
  started(id: number): void;
  ended(id: number): void;
  /** Resolves when the cell that runs was interrupted. */
  interrupt(): Promise<void>;
  /** Resolves when code that earlier cells have left running was interrupted. */
  interruptEarlier(): Promise<void>;
  /** Ends the kernel. */
  leave(): void;
  log(text: string): void;
}

/** Returns what is called with each message that comes in. Never throws. */
export function createReception(
  parts: ReceptionParts,
): (channel: RequestChannel, message: Message) => void {
  const { wire, execution, queue } = parts;
  const clocks = createClientClocks();

  function execute(request: Request, sentAt: number | undefined): void {
    const asked = readExecuteRequest(request.message.content);
    if (!asked) {
      parts.log("execute_request without code: ignored");
      return;
    }
    queue.add({
      run: () => execution.execute(request, asked),
      abort: () => execution.abort(request),
      sentAt,
    });
  }

  async function runComm(request: Request, kind: CommKind): Promise<void> {
    const { message } = request;
    wire.status(message.header, "busy");
    const comm = parts.comms.receive(kind, message);
    if (comm) {
      const id = parts.records.nextId();
      parts.records.add({ id, label: kind, request, silent: false, allowStdin: false });
      const ended = parts.work.begin(id);
      parts.started(id);
      parts.postToMain({ type: "comm", id, message: comm });
      await ended;
      parts.ended(id);
    } else if (kind === "comm_open") {
      const content = { comm_id: textField(message.content, "comm_id"), data: {} };
      wire.publish(message.header, "comm_close", content);
    }
    parts.flush();
    wire.status(message.header, "idle");
  }

  /** Answers while cells go on. */
  async function answer(request: Request, type: string, work: Answer): Promise<void> {
    const { header, content } = request.message;
    wire.status(header, "busy");
    try {
      const reply = await work(content);
      wire.reply(request, type.replace(/_request$/, "_reply"), reply);
    } catch (error) {
      parts.log(`${type}: ${error instanceof Error ? error.stack : error}`);
      wire.reply(request, type.replace(/_request$/, "_reply"), errorReply(error));
    }
    wire.status(header, "idle");
    // Front ends that show one state for the whole kernel would take it for idle.
    if (execution.open) wire.status(execution.open.message.header, "busy");
  }

  async function shutDown(request: Request): Promise<void> {
    const content = { status: "ok", restart: flagField(request.message.content, "restart", false) };
    wire.status(request.message.header, "busy");
    wire.reply(request, "shutdown_reply", content);
    wire.publish(request.message.header, "shutdown_reply", content);
    wire.status(request.message.header, "idle");
    parts.leave();
  }

  /** A cell that its client sent after the interrupt is not meant, though it may arrive first. */
  async function interrupt({ message }: Request): Promise<Content> {
    const running = parts.execution.open?.message.header;
    if (running && sentBefore(message.header, running)) await parts.interruptEarlier();
    else await parts.interrupt();
    return { status: "ok" };
  }

  return (channel, message) => {
    const request = { channel, message };
    const type = message.header.msg_type;
    if (channel === "stdin") {
      if (type === "input_reply") parts.questions.answered(textField(message.content, "value"));
      return;
    }
    // Only one channel keeps a client's messages in their order.
    const sentAt =
      channel === "shell" ? clocks.sentAt(message.header, performance.now()) : undefined;
    const known = parts.answers.get(type);
    if (known) void answer(request, type, known);
    else if (type === "execute_request" && channel === "shell") execute(request, sentAt);
    else if (isCommKind(type)) queue.add({ run: () => runComm(request, type) });
    else if (type === "interrupt_request") {
      void answer(request, type, () => interrupt(request));
    } else if (type === "shutdown_request") void shutDown(request);
    else if (type === "debug_request") void answer(request, type, refuseDebugging);
    else parts.log(`${channel}: ${type}: ignored, since it is not known`);
  };
}

function isCommKind(type: string): type is CommKind {
  return type === "comm_open" || type === "comm_msg" || type === "comm_close";
}

/** As the debug adapter protocol has it. */
function refuseDebugging(request: Content): Content {
  return {
    type: "response",
    seq: 0,
    request_seq: request.seq ?? 0,
    command: request.command ?? "",
    success: false,
    message: "this kernel has no debugger",
    body: {},
  };
}

function errorReply(error: unknown): Content {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}
