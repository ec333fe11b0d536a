import type { CellOutcome, ErrorInfo } from "../bridge/contract";

/** Follows what the main thread was asked to do until it tells that it is done, or is given up. */
export interface RunningWork {
  /** Resolves with the outcome of `id`, from wherever it comes first. */
  begin(id: number): Promise<CellOutcome>;
  /** False where `id` is not awaited (any more). */
  end(outcome: CellOutcome): boolean;
  /** Ends it for the user with this error, whatever the main thread does. */
  giveUp(id: number, error: ErrorInfo): void;
  /** The work that runs; undefined for none. */
  readonly id: number | undefined;
}

/** Returns a follower that follows nothing yet. */
export function createRunningWork(): RunningWork {
  let current: { id: number; resolve: (outcome: CellOutcome) => void } | undefined;
  const end = (outcome: CellOutcome) => {
    if (current?.id !== outcome.id) return false;
    const { resolve } = current;
    current = undefined;
    resolve(outcome);
    return true;
  };
  return {
    begin: (id) =>
      new Promise((resolve) => {
        current = { id, resolve };
      }),
    end,
    giveUp: (id, error) => {
      end({ id, error, interrupted: true, expressions: {} });
    },
    get id() {
      return current?.id;
    },
  };
}
