import type { InputAnswer } from "../bridge/contract";
import type { ServerPort } from "../bridge/server-port";
import type { CellContext } from "../evaluation/cell-context";
import { captureReads } from "./captured-reads";
import { ask, connectQuestions } from "./question";
import { StandardInput } from "./standard-input";

/** What main hands answers to. */
export interface CapturedInput {
  /** Takes the answer to a request that did not block. */
  answer(answer: InputAnswer): void;
}

/**
 * Makes `prompt`, `confirm`, `alert` and `process.stdin` (with Node's `readline` upon it) ask the
 * front end's user. To be called once, before user code runs.
 */
export function captureInput(port: ServerPort): CapturedInput {
  connectQuestions(port);
  const questions = { prompt: askText, confirm: askYesOrNo, alert: tell };
  for (const [name, value] of Object.entries(questions)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
  captureReads();
  let stdin: StandardInput | undefined;
  const request = ({ id }: CellContext) =>
    port.post({ type: "input", id, prompt: undefined, password: false, blocking: false });
  Object.defineProperty(process, "stdin", {
    configurable: true,
    enumerable: true,
    get: () => {
      stdin ??= new StandardInput(request);
      return stdin;
    },
  });
  return { answer: (answer) => stdin?.answer(answer) };
}

/** `prompt`: the answer, or the default for an empty one. */
function askText(message: unknown = "", byDefault?: unknown): string {
  const hint = byDefault === undefined ? "" : ` [${String(byDefault)}]`;
  const answer = ask(spaced(`${String(message)}${hint}`), false);
  return answer === "" && byDefault !== undefined ? String(byDefault) : answer;
}

/** `confirm`: true for y or yes. */
function askYesOrNo(message: unknown = ""): boolean {
  return /^\s*y(es)?\s*$/i.test(ask(spaced(`${spaced(String(message))}[y/N]`), false));
}

/** `alert`: waits until the user has seen it. */
function tell(message: unknown = ""): void {
  ask(spaced(`${spaced(String(message))}[Enter]`), false);
}

function spaced(text: string): string {
  return text === "" || /\s$/.test(text) ? text : `${text} `;
}
