/** Notices that nothing has been heard of a trial for long. */

/** After so many milliseconds at the earliest. */
const LEAST = 5 * 60_000;
/** After so many times the longest silence that a trial has broken. */
const FACTOR = 3;

/** A trial that is listened to. */
export interface Listening {
  /** It has told something. */
  heard(): void;
  /** It has ended. */
  end(): void;
}

/**
 * Nobody can tell a long computation from one that never ends. So a silence is long by what is usual: longer
 * than five minutes, and three times as long as any before after which a trial went on.
 */
export class SilenceWatch {
  #longest = 0;

  /**
   * Listens to a trial that begins now.
   *
   * @param say called where it is silent for long, with the milliseconds since it last told something; again
   *   whenever the silence has doubled
   */
  listen(say: (silence: number) => void): Listening {
    let last = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const wait = (until: number, since: number) => {
      timer = setTimeout(() => {
        wait(2 * until, until);
        say(until);
      }, until - since);
      // A search that waits for nothing else must be able to end.
      timer.unref();
    };
    const begin = () => wait(Math.max(LEAST, FACTOR * this.#longest), 0);
    begin();
    return {
      heard: () => {
        clearTimeout(timer);
        const now = performance.now();
        this.#longest = Math.max(this.#longest, now - last);
        last = now;
        begin();
      },
      end: () => clearTimeout(timer),
    };
  }
}
