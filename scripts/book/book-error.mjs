// @ts-check

/** What keeps a book from being made: its message names the thing, what is wrong, and the cure. */
export class BookError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "BookError";
  }
}
