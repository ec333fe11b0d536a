import type { InputAnswer, ToServer } from "./contract";

/** The main thread's end of the bridge. */
export interface ServerPort {
  /** Sends; never blocks. */
  post(message: ToServer): void;
  /** Blocks until the answer to a blocking `input` request is there. */
  waitForInput(): InputAnswer;
  /** Blocks until all output so far has been sent. Ends at once when the server thread is gone. */
  waitUntilDrained(): void;
}
