/** An error of the student's code, as data. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
}

/** Returns what was thrown as data. It may be anything, also something that can't be read. */
export function describeThrown(error: unknown): Thrown {
  try {
    if (error instanceof Error) return { name: String(error.name), message: String(error.message) };
    return { name: "Error", message: String(error) };
  } catch {
    return { name: "Error", message: "an error that can't be read" };
  }
}
