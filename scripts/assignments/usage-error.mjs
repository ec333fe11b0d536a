// @ts-check

/** A command that was called wrongly; the message says how it is called. */
export class UsageError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "UsageError";
  }
}
