import type readline from "node:readline";
import type readlinePromises from "node:readline/promises";
import type { Readable } from "node:stream";
import { replaceMethod } from "./replace-method";

/** What is used of an interface of either `readline` module. */
type Interface = readline.Interface | readlinePromises.Interface;

/** What the input stream is asked. */
export interface ReadlineEvents {
  /** An interface wants a line now. Throws what the user is to see, if there can be none. */
  wanted(): void;
}

/**
 * Knows whether Node's `readline` upon a stream wants a line. An open interface reads on, whether or
 * not a question is pending; asking the front end's user each time would put up boxes for nothing.
 */
export class ReadlineDemand {
  private readonly interfaces = new Set<Interface>();
  /** How many `next()` of `for await (const line of interface)` are pending. */
  private pendingLines = 0;

  /** To be created once per stream; it watches all interfaces there are, and loads `readline`. */
  constructor(
    private readonly stream: Readable,
    private readonly events: ReadlineEvents,
  ) {
    const plain = process.getBuiltinModule("node:readline").Interface.prototype;
    const promised = process.getBuiltinModule("node:readline/promises").Interface.prototype;
    this.watchQuestions(plain, (error) => {
      throw error;
    });
    this.watchQuestions(promised, (error) => Promise.reject(error));
    const base = Object.getPrototypeOf(plain) as Interface;
    this.watchLines(base);
    this.watchIterators(base);
  }

  /** Whether some interface waits for a line. */
  get wantsLine(): boolean {
    if (this.pendingLines > 0) return true;
    return [...this.interfaces].some((one) => hasQuestion(one) || listensToLines(one));
  }

  /** Forgets all interfaces: their cell is gone. */
  reset(): void {
    this.interfaces.clear();
    this.pendingLines = 0;
  }

  /** Whether a listener to the stream's data is an interface's own. */
  static isOwnListener(listener: unknown): boolean {
    return (
      typeof listener === "function" &&
      listener.name === "ondata" &&
      String(listener).includes("kNormalWrite")
    );
  }

  private watchQuestions(prototype: Interface, fail: (error: unknown) => unknown): void {
    replaceMethod(prototype, "question", (original, self, ...parameters) => {
      if (!this.notice(self)) return original(...parameters);
      try {
        this.events.wanted();
      } catch (error) {
        return fail(error);
      }
      return original(...parameters);
    });
  }

  private watchLines(base: Interface): void {
    for (const name of ["on", "addListener"] as const) {
      replaceMethod(base, name, (original, self, event, ...rest) => {
        const isOurs = event === "line" && !iterated.has(self as Interface) && this.notice(self);
        if (isOurs) this.events.wanted();
        return original(event, ...rest);
      });
    }
  }

  private watchIterators(base: Interface): void {
    replaceMethod(base, Symbol.asyncIterator, (original, self) => {
      if (!this.notice(self)) return original();
      iterated.add(self);
      return this.watchedIterator(original() as AsyncIterableIterator<string>);
    });
  }

  private watchedIterator(lines: AsyncIterableIterator<string>): AsyncIterableIterator<string> {
    return {
      next: async () => {
        this.pendingLines++;
        try {
          this.events.wanted();
          return await lines.next();
        } finally {
          if (this.pendingLines > 0) this.pendingLines--;
        }
      },
      return: (value) => lines.return?.(value) ?? Promise.resolve({ done: true, value }),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** Returns whether the object is an interface upon this stream, and remembers it. */
  private notice(self: unknown): self is Interface {
    if (typeof self !== "object" || self === null) return false;
    if (Reflect.get(self, "input") !== this.stream) return false;
    const one = self as Interface;
    if (!this.interfaces.has(one)) {
      this.interfaces.add(one);
      one.once("close", () => this.interfaces.delete(one));
    }
    return true;
  }
}

/** Those that are read by `for await`, which listens to lines all the time. */
const iterated = new WeakSet<Interface>();

function listensToLines(one: Interface): boolean {
  return one.listenerCount("line") > (iterated.has(one) ? 1 : 0);
}

/** Node keeps the pending question under a symbol of its own. */
function hasQuestion(one: Interface): boolean {
  return Object.getOwnPropertySymbols(one).some(
    (key) => key.description === "_questionCallback" && typeof Reflect.get(one, key) === "function",
  );
}
