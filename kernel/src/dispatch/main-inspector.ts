/** The server thread's way into the main thread, even while that computes. */
import type { Session } from "node:inspector";

/** Calls functions of the main thread in the middle of whatever it does. */
export interface MainInspector {
  /**
   * Returns the value of an expression; undefined if the main thread doesn't answer within `patience`
   * ms. While an answer is due nothing more is asked: code that ran just behind the one that ends the
   * running code would be ended in its place.
   */
  ask(expression: string, patience: number): Promise<unknown>;
  /** Returns the bytes of the main thread's heap in use; undefined if it doesn't answer in time. */
  usedHeap(patience: number): Promise<number | undefined>;
  /** Lets go of the main thread for good, which can't end before: from now on nothing answers. */
  close(): void;
}

interface Evaluated {
  readonly result?: { readonly value?: unknown };
}

/** Returns a way that connects when it is first used. */
export function createMainInspector(): MainInspector {
  let session: Session | undefined;
  let due: Promise<unknown> | undefined;
  let isClosed = false;
  const connected = (): Session => {
    if (session === undefined) {
      const inspector = require("node:inspector") as typeof import("node:inspector");
      session = new inspector.Session();
      session.connectToMainThread();
    }
    return session;
  };
  const post = <T>(method: string, parameters: object): Promise<T | undefined> =>
    new Promise((resolve) => {
      if (isClosed) return resolve(undefined);
      connected().post(method, parameters, (problem: Error | null, answer?: object) => {
        resolve(problem === null ? (answer as T) : undefined);
      });
    });
  return {
    async ask(expression, patience) {
      if (due !== undefined) {
        await within(due, patience);
        return undefined;
      }
      const parameters = { expression, returnByValue: true, silent: true };
      const answer = post<Evaluated>("Runtime.evaluate", parameters);
      due = answer;
      const settled = answer.finally(() => {
        due = undefined;
      });
      return (await within(settled, patience))?.result?.value;
    },
    async usedHeap(patience) {
      const answer = await within(post<{ usedSize: number }>("Runtime.getHeapUsage", {}), patience);
      return answer?.usedSize;
    },
    close() {
      isClosed = true;
      session?.disconnect();
    },
  };
}

/** What `answer` resolves with; undefined if it takes longer than `patience` ms. */
async function within<T>(answer: Promise<T>, patience: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patience, undefined);
  });
  const first = await Promise.race([answer, tooLate]);
  clearTimeout(timer);
  return first;
}
