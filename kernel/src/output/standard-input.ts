import { Readable } from "node:stream";
import type { InputAnswer } from "../bridge/contract";
import { type CellContext, currentCell, runInCell } from "../evaluation/cell-context";
import { StdinNotImplementedError } from "./question";
import { ReadlineDemand } from "./readline-demand";

/** A reader that just got a line asks for the next at once; this is how long it may change its mind. */
const PATIENCE_MS = 20;

/**
 * Stands in for `process.stdin`: each time that somebody listens and wants data, the front end's user
 * is asked for a line. It never ends, and after an interrupt it begins anew.
 */
export class StandardInput extends Readable {
  readonly fd = 0;
  readonly isTTY = false;
  readonly isRaw = false;
  private readonly demand: ReadlineDemand;
  private timer: NodeJS.Timeout | undefined;
  /** The cell whose request is under way. */
  private asking: CellContext | undefined;
  /** The cell that last listened. */
  private reader: CellContext | undefined;

  /** @param request asks the front end for a line, on behalf of a cell */
  constructor(private readonly request: (cell: CellContext) => void) {
    super({ autoDestroy: false });
    this.demand = new ReadlineDemand(this, { wanted: () => this.wanted() });
  }

  /** Takes what the user entered. Of an interrupted cell the next reader finds nothing left. */
  answer(answer: InputAnswer): void {
    const cell = this.asking;
    this.asking = undefined;
    if (cell === undefined || "interrupted" in answer) return;
    runInCell(cell, () => this.push(`${answer.value}\n`));
  }

  override _read(): void {
    this.plan();
  }

  override on(event: string | symbol, listener: (...parameters: never[]) => void): this {
    if (event === "data" || event === "readable") {
      if (ReadlineDemand.isOwnListener(listener)) this.welcome();
      else this.wanted();
    }
    return super.on(event, listener as never);
  }

  override addListener(event: string | symbol, listener: (...parameters: never[]) => void): this {
    return this.on(event, listener);
  }

  override resume(): this {
    this.plan();
    return super.resume();
  }

  /** `for await` must not destroy what the next cell reads. */
  override [Symbol.asyncIterator](): ReturnType<Readable["iterator"]> {
    return this.iterator({ destroyOnReturn: false });
  }

  /** The reader is gone; the next cell reads on. */
  override destroy(): this {
    this.reset();
    return this;
  }

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** The running cell wants data. Throws where there can be none. */
  private wanted(): void {
    this.welcome();
    if (!currentCell().allowStdin) throw new StdinNotImplementedError();
    this.plan();
  }

  /** What an interrupted cell left behind must not get the lines of the next. */
  private welcome(): void {
    if (this.reader?.dead) this.reset();
    this.reader = currentCell();
  }

  private plan(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.askIfWanted(), PATIENCE_MS);
  }

  private askIfWanted(): void {
    const cell = currentCell();
    if (!cell.allowStdin || this.asking?.id === cell.id || !this.isWanted()) return;
    this.asking = cell;
    this.request(cell);
  }

  private isWanted(): boolean {
    if (this.listenerCount("readable") > 0) return true;
    if (this.isPaused()) return false;
    if (this.demand.wantsLine) return true;
    return this.listeners("data").some((listener) => !ReadlineDemand.isOwnListener(listener));
  }

  /** A termination may have stopped the stream at any point, so its state is made anew. */
  private reset(): void {
    clearTimeout(this.timer);
    this.asking = undefined;
    this.reader = undefined;
    this.demand.reset();
    this.removeAllListeners();
    const fresh = new Readable({ autoDestroy: false });
    Reflect.set(this, "_readableState", Reflect.get(fresh, "_readableState"));
  }
}
