import type { AnyFunction, Outcome } from "@headroom/checks/judge";
import { decode, encodeText, MalformedValueError } from "../protocol/codec";
import type { Thrown } from "../protocol/messages";
import type { Limits } from "../sandbox/limits";
import { startFailure } from "../sandbox/start-failure";
import type { SandboxChild } from "../sandbox/start-sandbox";
import { exitWords } from "./exit-words";
import { GoneError, MissingFunctionError } from "./gone-error";
import { readLines } from "./line-reader";
import { innermostProcess } from "./own-time";
import { type AnswerParts, readAnswer } from "./read-answer";
import type { TimeBudget } from "./time-budget";

/** What the sandbox may say at most, in bytes: in a line, and in all. */
const LONGEST_LINE = 8e6;
const MOST_BYTES = 100e6;
const MOST_NOISE = 1e6;
const MOST_QUOTED = 10_000;
const MOST_CALLBACKS = 10_000;

/** For a machine under load: nothing of the student's has run yet. */
const READY_SECONDS = 60;
/** A process and its pipes end one shortly after the other. */
const LAST_WORDS_MS = 500;

/** A function of the judge's, come back as a value: it is shown, never called. */
const OWN_FUNCTION = Object.freeze({ opaque: "function", name: "the test's own" });

/** What a process is started with. */
export interface StudentProcessOptions {
  readonly limits: Limits;
  readonly budget: TimeBudget;
  /** Is told what an honest program would not do. */
  readonly onOdd: (what: string) => void;
}

/** How a cell ended. */
export interface CellAnswer {
  readonly text: string;
  readonly threw?: Thrown;
}

type Result = Exclude<AnswerParts, { kind: "ready" | "callback" }>;

interface Question {
  readonly id: number;
  readonly callbacks: readonly AnyFunction[];
  callbacksAsked: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A sandbox with a student's program in it, asked one thing at a time. Whatever it says is checked
 * data; whoever speaks without being asked is ended.
 */
export class StudentProcess {
  readonly #child: SandboxChild;
  readonly #options: StudentProcessOptions;
  #pid: number | undefined;
  #question: Question | undefined;
  #answeringCallback = false;
  #onReady: ((ready: boolean) => void) | undefined;
  #lastId = 0;
  #ended: string | undefined;
  #noise = "";
  #noiseLength = 0;

  private constructor(child: SandboxChild, options: StudentProcessOptions) {
    this.#child = child;
    this.#options = options;
    const answersEnded = new Promise<void>((resolve) => {
      readLines(child.answers, [LONGEST_LINE, MOST_BYTES], {
        onLine: (line) => this.#hear(line),
        onTooMuch: () => this.#blame("its answers were too long"),
        onEnd: resolve,
      });
    });
    for (const stream of child.noise) {
      stream.on("data", (chunk: Buffer) => this.#hearNoise(chunk));
      stream.on("error", () => {});
    }
    // It may end while it is being asked; that it has ended is told elsewhere.
    child.requests.on("error", () => {});
    void this.#waitForEnd(answersEnded);
  }

  /**
   * Resolves once a started sandbox is ready for the student's code.
   * @throws {SandboxError} When it never is.
   */
  static async open(child: SandboxChild, options: StudentProcessOptions): Promise<StudentProcess> {
    const process = new StudentProcess(child, options);
    await process.#waitUntilReady();
    process.#pid = innermostProcess(child.pid);
    return process;
  }

  /** Why it is no more; undefined while it runs. */
  get ended(): string | undefined {
    return this.#ended;
  }

  /** Ends it. Resolves when nothing of it is left. */
  async close(why = "the submission was judged"): Promise<void> {
    this.#end(why);
    await this.#child.exited;
  }

  /**
   * Runs a cell.
   * @throws {GoneError} When the process ended or stalled.
   */
  async runCell(source: string): Promise<CellAnswer> {
    const request = (id: number) => JSON.stringify({ id, cell: source });
    const result = await this.#ask(request, [], this.#options.limits.cellSeconds);
    if (result.kind === "ran") return { text: result.text };
    if (result.kind === "threw") return { text: result.text, threw: result.threw };
    throw this.#blame("it answered without being asked");
  }

  /**
   * Calls a function of the student's; functions among the arguments are answered here.
   * @throws {GoneError} When the process ended or stalled.
   * @throws {MissingFunctionError} When there is no such function.
   */
  async call(name: string, args: readonly unknown[]): Promise<Outcome> {
    const callbacks: AnyFunction[] = [];
    const callback = (fn: object) => callbacks.push(fn as AnyFunction) - 1;
    const texts = args.map((arg) => encodeText(arg, { callback }));
    const request = (id: number) =>
      `{"id":${id},"call":${JSON.stringify(name)},"args":[${texts.join(",")}]}`;
    const result = await this.#ask(request, callbacks, this.#options.limits.callSeconds);
    switch (result.kind) {
      case "missing":
        throw new MissingFunctionError(
          `there is no function ${name}: it must keep its name and stand at the top level of a cell`,
        );
      case "threw":
        return { threw: result.threw };
      case "returned":
        return {
          value: this.#decode(result.value),
          argumentsAfter: result.argumentsAfter.map((value) => this.#decode(value)),
        };
      default:
        throw this.#blame("it answered without being asked");
    }
  }

  #ask(
    request: (id: number) => string,
    callbacks: readonly AnyFunction[],
    seconds: number,
  ): Promise<Result> {
    if (this.#ended !== undefined) return Promise.reject(new GoneError(this.#ended));
    const id = ++this.#lastId;
    const { budget } = this.#options;
    const stopClock = budget.start(this.#pid, seconds, (limit) => this.#end(limit));
    return new Promise<Result>((resolve, reject) => {
      this.#question = { id, callbacks, callbacksAsked: 0, resolve, reject };
      this.#child.requests.write(`${request(id)}\n`);
    }).finally(stopClock);
  }

  #hear(line: string): void {
    if (this.#ended !== undefined) return;
    const answer = readAnswer(line);
    if (this.#onReady) {
      this.#onReady(answer?.kind === "ready");
      return;
    }
    const question = this.#question;
    if (question === undefined || this.#answeringCallback)
      this.#blame("it answered without being asked");
    else if (answer === undefined) this.#blame("it sent something that is no answer");
    else if (answer.kind === "callback") void this.#answerCallback(question, answer);
    else if (answer.kind === "ready" || answer.id !== question.id)
      this.#blame("it answered without being asked");
    else {
      this.#question = undefined;
      question.resolve(answer);
    }
  }

  async #answerCallback(
    question: Question,
    { number, args }: { readonly number: number; readonly args: readonly unknown[] },
  ): Promise<void> {
    const fn = question.callbacks[number];
    if (fn === undefined) {
      this.#blame("it called a function that it was not given");
      return;
    }
    if (++question.callbacksAsked > MOST_CALLBACKS) {
      this.#end(`it called a function that it was given more than ${MOST_CALLBACKS} times`);
      return;
    }
    this.#answeringCallback = true;
    const reply = await this.#replyTo(fn, args);
    this.#answeringCallback = false;
    if (this.#ended === undefined && reply !== undefined)
      this.#child.requests.write(`{"reply":${reply}}\n`);
  }

  /** The author's function runs here, on what the student's has given it. */
  async #replyTo(fn: AnyFunction, args: readonly unknown[]): Promise<string | undefined> {
    try {
      const decoded = args.map((value) =>
        decode(value, { callback: () => OWN_FUNCTION }),
      ) as never[];
      return `{"value":${encodeText(await fn(...decoded))}}`;
    } catch (error) {
      if (error instanceof MalformedValueError) {
        this.#blame("it sent a value that can't be");
        return undefined;
      }
      const message = error instanceof Error ? error.message : String(error);
      return JSON.stringify({ threw: message });
    }
  }

  #decode(value: unknown): unknown {
    try {
      return decode(value, { callback: () => OWN_FUNCTION });
    } catch (error) {
      if (error instanceof MalformedValueError) throw this.#blame("it sent a value that can't be");
      throw error;
    }
  }

  #hearNoise(chunk: Buffer): void {
    if (this.#noise.length < MOST_QUOTED) this.#noise += chunk.toString("utf8");
    this.#noiseLength += chunk.length;
    if (this.#noiseLength > MOST_NOISE) this.#blame("it wrote to the terminal without end");
  }

  /** Ends it for what no honest program does. */
  #blame(what: string): GoneError {
    if (this.#ended === undefined) this.#options.onOdd(what);
    this.#end(what);
    return new GoneError(what);
  }

  #end(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#child.kill();
    this.#onReady?.(false);
    this.#question?.reject(new GoneError(why));
    this.#question = undefined;
  }

  async #waitForEnd(answersEnded: Promise<void>): Promise<void> {
    const { exited } = this.#child;
    const first = await Promise.race([exited, answersEnded.then(() => undefined)]);
    // What it said last may still be on its way, or why it ended.
    const [exit] = await Promise.race([Promise.all([first ?? exited, answersEnded]), lastWords()]);
    const { code, signal, problem } = exit ?? first ?? {};
    if (code === undefined || signal === undefined)
      this.#blame("it closed its connection to the judge");
    else this.#end(problem ?? exitWords(code, signal));
  }

  async #waitUntilReady(): Promise<void> {
    const ready = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), READY_SECONDS * 1000);
      this.#onReady = (is) => {
        clearTimeout(timer);
        resolve(is);
      };
      if (this.#ended !== undefined) this.#onReady(false);
    });
    this.#onReady = undefined;
    if (ready) return;
    const why = this.#ended ?? `it was not ready within ${READY_SECONDS} s`;
    await this.close(why);
    throw startFailure(this.#noise || why);
  }
}

function lastWords(): Promise<[undefined]> {
  return new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS, [undefined]).unref());
}
