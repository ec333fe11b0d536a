/**
 * Libraries whose training can stop by itself (those with the shape of TensorFlow.js). Code that is
 * simply terminated leaves them locked: a model believes that it still trains, and scopes of tensors
 * stay open.
 */
import { type CellContext, currentCell } from "./cell-context";
import type { Operations } from "./operations";

/** How long a model may take to end after it was asked to, ms. */
const LONGEST_BATCH = 1000;

type Method = (this: object, ...args: unknown[]) => unknown;

interface Class {
  readonly prototype: object;
}

interface EngineState {
  gradientDepth: number;
  kernelDepth: number;
  readonly scopeStack: unknown[];
  readonly numDataMovesStack: unknown[];
}

interface Engine {
  readonly state: EngineState;
  endScope(): void;
}

interface Library {
  readonly LayersModel: Class;
  readonly Sequential?: Class;
  engine(): Engine;
}

/** A training that has begun and not ended. */
interface Training {
  readonly cell: CellContext;
  readonly model: object;
  readonly ended: Promise<unknown>;
}

/** Follows trainings, and cleans up after those that were interrupted. */
export interface TrainingGuard {
  /** Makes a module known that a cell has loaded; of interest only if it has the shape. */
  adopt(namespace: object): void;
  /** Remembers the libraries' state; call it before a cell runs. */
  cellStarts(): void;
  /** Asks the cell's trainings to end after their batch. Returns whether there are any. */
  requestStop(cell: CellContext): boolean;
  /** Waits for those (a second at most), then puts the libraries' state back. */
  settle(cell: CellContext): Promise<void>;
}

const TRAINERS = ["fit", "fitDataset", "trainOnBatch"] as const;

/** What a guard of trainings stands on. */
export interface TrainingGuardOptions {
  readonly operations: Operations;
  /** Resolves after so many ms. */
  delay(ms: number): Promise<void>;
}

/** Returns a guard that knows no library yet. */
export function createTrainingGuard({ delay, operations }: TrainingGuardOptions): TrainingGuard {
  const libraries = new Map<Library["LayersModel"], EngineGuard>();
  const trainings = new Set<Training>();
  const ofCell = (cell: CellContext) => [...trainings].filter((one) => one.cell === cell);
  return {
    adopt(namespace) {
      const library = toLibrary(namespace);
      if (library === undefined || libraries.has(library.LayersModel)) return;
      libraries.set(library.LayersModel, guardEngine(library));
      operations.protect(Object.getPrototypeOf(library.engine()));
      for (const model of [library.LayersModel, library.Sequential]) {
        if (model !== undefined) follow(model.prototype, trainings);
      }
    },
    cellStarts() {
      for (const engine of libraries.values()) engine.remember();
    },
    requestStop(cell) {
      const running = ofCell(cell);
      for (const { model } of running) askToStop(model);
      return running.length > 0;
    },
    async settle(cell) {
      const running = ofCell(cell);
      const ends = Promise.allSettled(running.map(({ ended }) => ended));
      if (running.length > 0) await Promise.race([ends, delay(LONGEST_BATCH)]);
      for (const training of running) {
        trainings.delete(training);
        unlock(training.model);
      }
      for (const engine of libraries.values()) engine.restore();
    },
  };
}

/** The library in a module's namespace, or in its default export. */
function toLibrary(namespace: object): Library | undefined {
  if (isLibrary(namespace)) return namespace;
  const inner: unknown = Reflect.get(namespace, "default");
  return typeof inner === "object" && inner !== null && isLibrary(inner) ? inner : undefined;
}

function isLibrary(value: object): value is Library {
  const model: unknown = Reflect.get(value, "LayersModel");
  return typeof model === "function" && typeof Reflect.get(value, "engine") === "function";
}

function follow(prototype: object, trainings: Set<Training>): void {
  for (const name of TRAINERS) {
    if (!Object.hasOwn(prototype, name)) continue;
    const original = Reflect.get(prototype, name) as Method;
    const followed: Method = function (...args) {
      const result = Reflect.apply(original, this, args);
      if (!(result instanceof Promise)) return result;
      const training = { cell: currentCell(), model: this, ended: result };
      trainings.add(training);
      const forget = () => trainings.delete(training);
      result.then(forget, forget);
      return result;
    };
    Reflect.set(prototype, name, followed);
  }
}

function askToStop(model: object): void {
  for (const part of [model, Reflect.get(model, "model")]) {
    if (typeof part === "object" && part !== null) Reflect.set(part, "stopTraining_", true);
  }
}

function unlock(model: object): void {
  for (const part of [model, Reflect.get(model, "model")]) {
    if (typeof part === "object" && part !== null) Reflect.set(part, "isTraining", false);
  }
}

interface EngineGuard {
  remember(): void;
  restore(): void;
}

/** Keeps the depth of a library's scopes, so that those that nobody closes can be closed. */
function guardEngine(library: Library): EngineGuard {
  let scopes = 0;
  let moves = 0;
  return {
    remember() {
      const { state } = library.engine();
      scopes = state.scopeStack.length;
      moves = state.numDataMovesStack.length;
    },
    restore() {
      const engine = library.engine();
      const { state } = engine;
      while (state.scopeStack.length > scopes) engine.endScope();
      state.numDataMovesStack.length = Math.min(state.numDataMovesStack.length, moves);
      state.gradientDepth = 0;
      state.kernelDepth = 0;
    },
  };
}
