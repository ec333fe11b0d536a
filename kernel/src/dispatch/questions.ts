import type { InputAnswer, ToServer } from "../bridge/contract";
import type { CellOutput } from "./cell-output";
import type { CellRecords } from "./cell-records";
import type { Wire } from "./wire";

type Question = Extract<ToServer, { type: "input" }>;

/** Questions that cells ask the front end's user. */
export interface Questions {
  ask(question: Question): void;
  /** The front end's answer. */
  answered(value: string): void;
  /** Ends every open question with `answer`; false: nobody waits. */
  answer(answer: InputAnswer): boolean;
  /** A cell has ended: nobody will see its questions any more. */
  forget(id: number): void;
}

/**
 * Returns the questions of the cells in `records`. Front ends show one at a time, so a question
 * waits until the one before it is answered; one that blocks user code goes first.
 */
export function createQuestions(parts: {
  readonly wire: Wire;
  readonly records: CellRecords;
  readonly output: CellOutput;
  /** Wakes the main thread, which waits for the answer. */
  answerBlocking(answer: InputAnswer): void;
  /** Sends the answer to a question that did not block. */
  answerLater(answer: InputAnswer): void;
}): Questions {
  const { wire, records, output } = parts;
  let open: Question[] = [];

  function show(question: Question): void {
    const record = records.get(question.id);
    if (!record?.allowStdin) {
      open = open.filter((other) => other !== question);
      give(question, { interrupted: true });
      return;
    }
    const prompt = question.prompt ?? output.takeLastLine(question.id);
    output.flush();
    wire.ask(record.request, { prompt, password: question.password });
  }

  function give(question: Question, answer: InputAnswer): void {
    if (question.blocking) parts.answerBlocking(answer);
    else parts.answerLater(answer);
  }

  return {
    ask(question) {
      if (question.blocking) open.unshift(question);
      else open.push(question);
      if (open[0] === question) show(question);
    },
    answered(value) {
      const question = open.shift();
      if (!question) return;
      give(question, { value });
      const next = open[0];
      if (next) show(next);
    },
    answer(answer) {
      const ended = open;
      open = [];
      for (const question of ended) give(question, answer);
      return ended.length > 0;
    },
    forget(id) {
      open = open.filter((question) => question.id !== id);
    },
  };
}
