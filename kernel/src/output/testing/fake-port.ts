import type { InputAnswer, ToServer } from "../../bridge/contract";
import type { ServerPort } from "../../bridge/server-port";
import { type CellContext, runInCell } from "../../evaluation/cell-context";

/** A server thread for tests: it remembers what it is sent, and answers as it is told. */
export class FakePort implements ServerPort {
  readonly sent: ToServer[] = [];
  /** Answers to blocking questions, first come first served. */
  readonly answers: InputAnswer[] = [];
  drains = 0;

  post(message: ToServer): void {
    // As between threads: what can't be copied can't be sent.
    this.sent.push(structuredClone(message));
  }

  waitForInput(): InputAnswer {
    const answer = this.answers.shift();
    if (answer === undefined) throw new Error("The test has no answer for this question.");
    return answer;
  }

  waitUntilDrained(): void {
    this.drains++;
  }

  /** The messages of one type, in order. */
  of<T extends ToServer["type"]>(type: T): Extract<ToServer, { type: T }>[] {
    return this.sent.filter((message) => message.type === type) as never;
  }

  /** What was written to a stream, put together; of one cell, or of all. */
  text(name: "stdout" | "stderr", id?: number): string {
    return this.of("stream")
      .filter((message) => message.name === name && (id === undefined || message.id === id))
      .map((message) => message.text)
      .join("");
  }
}

/** Runs work as code of a cell. */
export function inCell<T>(id: number, work: () => T, facts: Partial<CellContext> = {}): T {
  return runInCell(
    { id, label: `In[${id}]`, allowStdin: true, dead: false, pending: new Set(), ...facts },
    work,
  );
}
