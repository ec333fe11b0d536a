import type { StudyEvent } from "../../storage/study-event";
import type { Progress, ProgressStudy, SearchOutcome } from "./progress";
import { progressHtml, progressText } from "./progress-html";
import { ProgressMeter } from "./progress-meter";
import { Throttle } from "./throttle";

/** Where a notebook's kernel puts what code may use to display. */
const KERNEL = Symbol.for("headroom.kernel");
const INTERVAL_MS = 250;

/** A message that shows something, or replaces what was shown under the same id. */
interface DisplayedBundle {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient: { readonly display_id: string };
}

/** What a kernel offers. */
interface KernelDisplay {
  display(bundle: DisplayedBundle, update: boolean): void;
}

let count = 0;

/**
 * Returns a display below the notebook's cell that changes as the search goes on, at most four times a
 * second; undefined outside a kernel that offers displays.
 *
 * @param clock milliseconds since 1970; `Date.now` by default
 */
export function notebookProgress(clock: () => number = Date.now): Progress | undefined {
  const kernel: unknown = Reflect.get(globalThis, KERNEL);
  return isKernel(kernel) ? new NotebookProgress(kernel, clock) : undefined;
}

function isKernel(value: unknown): value is KernelDisplay {
  return (
    typeof value === "object" &&
    value !== null &&
    "display" in value &&
    typeof value.display === "function"
  );
}

class NotebookProgress implements Progress {
  private id = "";
  private meter: ProgressMeter | undefined;
  private study: ProgressStudy | undefined;
  private outcome: SearchOutcome | undefined;
  private isShown = false;
  /** By the number of the trial that each is about. */
  private readonly warnings = new Map<number, string>();
  private readonly throttle: Throttle;

  constructor(
    private readonly kernel: KernelDisplay,
    private readonly clock: () => number,
  ) {
    this.throttle = new Throttle(INTERVAL_MS, () => this.draw(), clock);
  }

  begin(study: ProgressStudy): void {
    count += 1;
    this.id = `headroom-tuner-${clockDigits(this.clock())}-${count}`;
    this.meter = new ProgressMeter(study, this.clock);
    this.study = study;
    this.outcome = undefined;
    this.isShown = false;
    this.warnings.clear();
    this.throttle.flush();
  }

  update(event: StudyEvent, study: ProgressStudy): void {
    this.study = study;
    // What a trial was warned of holds no longer when it goes on, or ends.
    if ("trial" in event) this.warnings.delete(event.trial);
    if (this.meter !== undefined && this.outcome === undefined) this.throttle.request();
  }

  warn(message: string, trial: string): void {
    this.warnings.set(Number(trial), message);
    if (this.meter !== undefined && this.outcome === undefined) this.throttle.request();
  }

  end(outcome: SearchOutcome, study: ProgressStudy): void {
    if (this.outcome !== undefined) return;
    this.study = study;
    this.outcome = outcome;
    this.warnings.clear();
    this.throttle.flush();
  }

  private draw(): void {
    if (this.meter === undefined || this.study === undefined) return;
    const view = this.meter.view(this.study);
    const warnings = [...this.warnings.values()];
    const data = {
      "text/html": progressHtml(view, this.outcome, warnings),
      "text/plain": progressText(view, this.outcome, warnings),
    };
    const transient = { display_id: this.id };
    this.kernel.display({ data, metadata: {}, transient }, this.isShown);
    this.isShown = true;
  }
}

/** Ids must differ also from those of an earlier run of the same notebook. */
function clockDigits(now: number): string {
  return Math.floor(now).toString(36);
}
