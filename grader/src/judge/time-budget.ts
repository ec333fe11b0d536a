import { type Stopwatch, stopwatch } from "./own-time";

/** How often at least the clock is looked at when a limit is near, in milliseconds. */
const TICK = 25;

/** The time of a whole submission, over all its processes. */
export class TimeBudget {
  readonly #total: number;
  #spent = 0;
  #unfair = false;

  /** @param totalSeconds for all of it */
  constructor(totalSeconds: number) {
    this.#total = totalSeconds * 1000;
  }

  /** True when nothing is left. */
  get used(): boolean {
    return this.#spent >= this.#total;
  }

  /** True when a limit came although the program may have used less. */
  get unfair(): boolean {
    return this.#unfair;
  }

  /**
   * Starts the clock for one request.
   * @param pid the process whose main thread is charged
   * @param onLimit is called once, with the limit in words, unless the clock is stopped before
   * @returns a function that stops the clock and charges what was used
   */
  start(pid: number | undefined, seconds: number, onLimit: (limit: string) => void): () => void {
    const watch = stopwatch(pid);
    const limit = Math.min(seconds * 1000, this.#total - this.#spent);
    let lastLook = false;
    const look = () => {
      const left = limit - watch.charged();
      if (left > 0 || !lastLook) {
        // An answer may lie in the pipe already when this process was the one that was late.
        lastLook = left <= 0;
        timer = setTimeout(look, Math.max(left, TICK));
      } else {
        this.#unfair ||= watch.isUnfair();
        onLimit(this.#inWords(limit, seconds));
      }
    };
    let timer = setTimeout(look, limit);
    return () => {
      clearTimeout(timer);
      this.#charge(watch);
    };
  }

  #charge(watch: Stopwatch): void {
    this.#spent += watch.charged();
  }

  #inWords(limit: number, seconds: number): string {
    if (limit < seconds * 1000)
      return `the whole submission took more than ${this.#total / 1000} s`;
    return `no answer within ${seconds} s`;
  }
}
