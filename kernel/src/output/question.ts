import type { ServerPort } from "../bridge/server-port";
import { currentCell } from "../evaluation/cell-context";
import { InterruptedError } from "../evaluation/interrupted-error";

/** The front end, or whatever runs the notebook, has nobody to ask. */
export class StdinNotImplementedError extends Error {
  override readonly name = "StdinNotImplementedError";

  constructor() {
    super(
      "This cell asks for input, but what runs the notebook allows none (nbconvert and tests do not). " +
        "Run the cell in JupyterLab, or put the value into the code.",
    );
  }
}

let server: ServerPort | undefined;

/** Makes `ask` reach the front end's user through `port`. */
export function connectQuestions(port: ServerPort): void {
  server = port;
}

/**
 * Asks the front end's user and blocks until the answer is there.
 *
 * @param prompt what the front end shows; undefined: what the cell last wrote without a line's end
 * @param password hides what is typed
 * @throws StdinNotImplementedError if the front end takes no input
 * @throws InterruptedError if the user interrupts the cell instead of answering
 */
export function ask(prompt: string | undefined, password: boolean): string {
  const cell = currentCell();
  if (server === undefined || !cell.allowStdin) throw new StdinNotImplementedError();
  server.post({ type: "input", id: cell.id, prompt, password, blocking: true });
  const answer = server.waitForInput();
  if ("interrupted" in answer) throw new InterruptedError();
  return answer.value;
}

/**
 * Asks for a secret: what is typed is not shown, nor kept in the notebook. Blocks until the answer
 * is there.
 *
 * @throws StdinNotImplementedError if the front end takes no input, or outside a kernel
 * @throws InterruptedError if the user interrupts the cell instead of answering
 * @example
 * const token = promptSecret("API token: ");
 */
export function promptSecret(message = ""): string {
  return ask(message, true);
}
