/** Which cell the code that now runs belongs to, also in callbacks long after the cell has ended. */
import { AsyncLocalStorage } from "node:async_hooks";

/** A cell that runs or has run, as the main thread knows it. */
export interface CellContext {
  /** 0 where no cell is known. */
  readonly id: number;
  readonly label: string;
  readonly allowStdin: boolean;
  /** True once it has been interrupted: its awaits reject, its timers no longer fire. */
  dead: boolean;
  /** True while a model that it trains comes to its end: its timers fire although it is dead. */
  grace?: boolean;
  /** Rejects what it awaits. */
  readonly pending: Set<() => void>;
}

const storage = new AsyncLocalStorage<CellContext>();

const NO_CELL: CellContext = {
  id: 0,
  label: "",
  allowStdin: false,
  dead: false,
  pending: new Set(),
};

/** Returns the cell that the running code belongs to; one with id 0 where that is not known. */
export function currentCell(): CellContext {
  return storage.getStore() ?? NO_CELL;
}

/** Runs `work` as code of `cell`; whatever it starts stays the cell's. */
export function runInCell<T>(cell: CellContext, work: () => T): T {
  return storage.run(cell, work);
}
