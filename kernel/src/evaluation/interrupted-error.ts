/** What an interrupted cell meets where it waits. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";

  /** `at` is the place in the cell, `In[3]:2:7`; with it, the stack is that one frame. */
  constructor(at?: string) {
    super("the cell was interrupted");
    if (at !== undefined) this.stack = `${this.name}: ${this.message}\n    at ${at}`;
  }
}
