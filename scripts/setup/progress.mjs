// @ts-check
// Says what set-up does and how far it is. Silent until a step has something to do.

const HEARTBEAT_SECONDS = 20;

/** Counts the steps of one set-up and prints a line as each begins and ends. */
export class Progress {
  #started = Date.now();
  #done = 0;
  #begun = 0;

  /** @param {number} total how many steps have something to do */
  constructor(total) {
    this.total = total;
  }

  /**
   * Runs one step, with a line at its beginning and its end, and one every 20 s between.
   * @template T
   * @param {string} title
   * @param {(say: (line: string) => void) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(title, work) {
    const started = Date.now();
    const number = ++this.#begun;
    /** @param {string} line */
    const say = (line) => console.log(`[set-up ${number}/${this.total}] ${title}: ${line}`);
    say("started");
    const heartbeat = setInterval(
      () => say(`still at work, ${seconds(started)} s`),
      HEARTBEAT_SECONDS * 1000,
    );
    try {
      const result = await work(say);
      this.#done++;
      say(`done in ${seconds(started)} s (${this.#done} of ${this.total} finished)`);
      return result;
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** Prints the closing line of a set-up that did something. */
  close() {
    console.log(`[set-up] ready after ${seconds(this.#started)} s`);
  }
}

/** @param {number} since */
function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}
