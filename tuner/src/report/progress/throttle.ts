/** Draws at most once in an interval, and always the last change. */
export class Throttle {
  private lastDrawn = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param interval in milliseconds */
  constructor(
    private readonly interval: number,
    private readonly draw: () => void,
    private readonly clock: () => number,
  ) {}

  /** Draws now, or as soon as the interval is over. */
  request(): void {
    const wait = this.lastDrawn + this.interval - this.clock();
    if (!(wait > 0)) {
      this.flush();
      return;
    }
    if (this.timer !== undefined) return;
    const timer = setTimeout(() => this.flush(), wait);
    this.timer = timer;
    // In Node a drawing that is due must not keep the process alive; browsers have numbers here.
    if (typeof timer === "object") timer.unref();
  }

  /** Draws now. */
  flush(): void {
    this.cancel();
    this.lastDrawn = this.clock();
    this.draw();
  }

  /** Forgets what is due. */
  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
