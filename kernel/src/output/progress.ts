import { connection } from "./connection";
import { sendBundle } from "./display";
import { escapeHtml } from "./escape-html";
import { newId } from "./new-id";

/** How progress is shown. */
export interface ProgressOptions {
  /** What is going on; stands before the bar. */
  readonly label?: string;
  /** How many steps there are, where that can't be seen from the iterable. */
  readonly total?: number;
  /** What is counted, for the speed: `it` by default. */
  readonly unit?: string;
}

/** How often the display changes at most, in ms. */
const INTERVAL_MS = 100;
const BAR_WIDTH = 20;

/**
 * A progress bar that is moved by hand; `progress` moves one by itself. It is one display that
 * changes at most ten times a second. An interrupt leaves it where it was.
 *
 * @example
 * const bar = new ProgressBar({ total: epochs, label: "Training" });
 * await model.fit(xs, ys, { epochs, callbacks: { onEpochEnd: () => bar.advance() } });
 * bar.finish();
 */
export class ProgressBar {
  private readonly id = newId();
  private readonly start = performance.now();
  private readonly total: number | undefined;
  private readonly unit: string;
  private text: string;
  private done = 0;
  private state: "running" | "finished" | "stopped" = "running";
  private lastDrawn = Number.NEGATIVE_INFINITY;
  private isDisplayed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: ProgressOptions = {}) {
    this.total = checkedTotal(options.total);
    this.unit = options.unit ?? "it";
    this.text = options.label ?? "";
    this.draw();
  }

  /** How many steps are done. */
  get value(): number {
    return this.done;
  }

  /** Changes what stands before the bar. */
  set label(label: string) {
    this.text = label;
    this.changed();
  }

  get label(): string {
    return this.text;
  }

  /** So many more steps are done. */
  advance(steps = 1): void {
    this.set(this.done + steps);
  }

  /** So many steps are done in all. */
  set(done: number): void {
    this.done = done;
    this.changed();
  }

  /** The work is complete: the final state is shown, with the time it took. */
  finish(): void {
    this.end("finished");
  }

  /** The work ends before it is complete. Does nothing after `finish`. */
  stop(): void {
    this.end("stopped");
  }

  [Symbol.dispose](): void {
    this.end(this.total === undefined || this.done >= this.total ? "finished" : "stopped");
  }

  private end(state: "finished" | "stopped"): void {
    if (this.state !== "running") return;
    this.state = state;
    this.draw();
  }

  /** Draws now, or a little later if it has just been drawn: the last change must be seen too. */
  private changed(): void {
    if (this.state !== "running") return;
    if (performance.now() - this.lastDrawn >= INTERVAL_MS) this.draw();
    else this.timer ??= setTimeout(() => this.draw(), INTERVAL_MS).unref();
  }

  private draw(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lastDrawn = performance.now();
    const view = this.view();
    const isQuiet = connection() === undefined && this.state === "running";
    if (!isQuiet) {
      const data = { "text/html": progressHtml(view), "text/plain": progressText(view) };
      sendBundle({ data, metadata: {} }, this.id, this.isDisplayed);
    }
    this.isDisplayed = true;
  }

  private view(): ProgressView {
    return {
      label: this.text,
      done: this.done,
      total: this.total,
      unit: this.unit,
      state: this.state,
      seconds: (performance.now() - this.start) / 1000,
    };
  }
}

function checkedTotal(total: number | undefined): number | undefined {
  if (total === undefined || (Number.isFinite(total) && total >= 0)) return total;
  throw new RangeError(
    `The total of a progress bar is ${total}: expected a number of steps, 0 or more. ` +
      "Leave it out where it is not known.",
  );
}

/** A moment of a bar. */
interface ProgressView {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: string;
  readonly state: "running" | "finished" | "stopped";
  readonly seconds: number;
}

function progressText(view: ProgressView): string {
  const label = view.label === "" ? "" : `${view.label}: `;
  const share = shareDone(view);
  if (share === undefined) return `${label}${view.done} ${view.unit} [${facts(view)}]`;
  const full = Math.round(share * BAR_WIDTH);
  const bar = "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
  return `${label}${percent(share)} |${bar}| ${view.done}/${view.total} [${facts(view)}]`;
}

function progressHtml(view: ProgressView): string {
  const share = shareDone(view);
  const value = share === undefined && view.state === "running" ? "" : ` value="${share ?? 1}"`;
  const count = share === undefined ? `${view.done}` : `${view.done}/${view.total}`;
  const name = escapeHtml(view.label || "Progress");
  const label = view.label === "" ? "" : `${name} `;
  return (
    `<div>${label}<progress max="1"${value} aria-label="${name}"></progress> ` +
    `${count} · ${escapeHtml(facts(view))}</div>`
  );
}

function shareDone({ done, total }: ProgressView): number | undefined {
  if (total === undefined) return undefined;
  return total === 0 ? 1 : Math.min(1, Math.max(0, done / total));
}

/** Full only when all is done. */
function percent(share: number): string {
  return `${Math.floor(share * 100)}%`.padStart(4);
}

/** The time taken, the time left, the speed. */
function facts(view: ProgressView): string {
  const { done, total, seconds, state, unit } = view;
  const speed = seconds > 0 ? done / seconds : 0;
  const parts = [duration(seconds)];
  if (state === "stopped") parts.push("stopped");
  if (state === "running" && total !== undefined && speed > 0 && done < total) {
    parts.push(`${duration((total - done) / speed)} left`);
  }
  if (done > 0 && seconds > 0) parts.push(speedText(speed, unit));
  return parts.join(", ");
}

function speedText(speed: number, unit: string): string {
  return speed >= 1 ? `${digits(speed)} ${unit}/s` : `${digits(1 / speed)} s/${unit}`;
}

function digits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(2);
}

/** `0:07`, `12:30`, `1:02:30` */
function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/**
 * Returns the same values, and shows below the cell how many have been taken, the time and the time
 * left. A number counts from 0. Of an asynchronous iterable, use `for await`.
 *
 * @example
 * for (const epoch of progress(10, { label: "Epochs" })) train(epoch);
 * for (const file of progress(files)) read(file);
 * for await (const row of progress(rows, { total: 1000 })) add(row);
 */
export function progress(count: number, options?: ProgressOptions): Iterable<number>;
export function progress<T>(values: Iterable<T>, options?: ProgressOptions): Iterable<T>;
export function progress<T>(values: AsyncIterable<T>, options?: ProgressOptions): AsyncIterable<T>;
export function progress<T>(
  values: number | Iterable<T> | AsyncIterable<T>,
  options: ProgressOptions = {},
): Iterable<T | number> | AsyncIterable<T> {
  if (typeof values === "number") {
    const total = checkedTotal(values) ?? 0;
    return stepSync(Array(Math.ceil(total)).keys(), { total, ...options });
  }
  if (typeof values === "object" && values !== null && Symbol.asyncIterator in values) {
    return stepAsync(values, options);
  }
  const total = options.total ?? sizeOf(values);
  return stepSync(values, total === undefined ? options : { ...options, total });
}

function sizeOf(values: unknown): number | undefined {
  if (typeof values !== "object" || values === null) return undefined;
  for (const name of ["length", "size"]) {
    const size: unknown = Reflect.get(values, name);
    if (typeof size === "number") return size;
  }
  return undefined;
}

function* stepSync<T>(values: Iterable<T>, options: ProgressOptions): Generator<T> {
  const bar = new ProgressBar(options);
  try {
    for (const value of values) {
      yield value;
      bar.advance();
    }
    bar.finish();
  } finally {
    bar.stop();
  }
}

async function* stepAsync<T>(
  values: AsyncIterable<T>,
  options: ProgressOptions,
): AsyncGenerator<T> {
  const bar = new ProgressBar(options);
  try {
    for await (const value of values) {
      yield value;
      bar.advance();
    }
    bar.finish();
  } finally {
    bar.stop();
  }
}
