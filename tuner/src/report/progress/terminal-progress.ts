import type { StudyEvent } from "../../storage/study-event";
import { notebookProgress } from "./notebook-progress";
import type { Progress, ProgressStudy, SearchOutcome } from "./progress";
import { silentProgress } from "./progress";
import { hasEnded, ProgressMeter } from "./progress-meter";
import {
  bestText,
  countsText,
  endText,
  KEPT,
  outcomeText,
  stepText,
  timeText,
} from "./progress-words";
import { Throttle } from "./throttle";

/** What lines are written to; Node's streams are such. */
export interface TextStream {
  write(text: string): unknown;
  /** Whether a line can be rewritten. */
  readonly isTTY?: boolean;
  /** How many characters a line has. */
  readonly columns?: number;
}

const INTERVAL_MS = 100;
/** To the line's beginning, and clear the line. */
const REWRITE = "\r\u001b[2K";

/**
 * Returns a display of lines: one for each trial that has ended, and in a terminal a last line that is
 * rewritten as the search goes on.
 *
 * @param clock milliseconds since 1970; `Date.now` by default
 */
export function terminalProgress(stream: TextStream, clock: () => number = Date.now): Progress {
  return new TerminalProgress(stream, clock);
}

/** What a process offers, where there is one. */
interface ProcessLike {
  readonly stderr?: TextStream;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Returns the display that fits where this code runs: in a notebook one that changes below the cell, in a
 * terminal or log lines on standard error, and nothing in continuous integration (the variable `CI`)
 * or in a browser.
 */
export function automaticProgress(): Progress {
  const notebook = notebookProgress();
  if (notebook !== undefined) return notebook;
  const { stderr, env }: ProcessLike = Reflect.get(globalThis, "process") ?? {};
  const isCi = !["", "0", "false", undefined].includes(env?.CI?.toLowerCase());
  return stderr === undefined || isCi ? silentProgress : terminalProgress(stderr);
}

class TerminalProgress implements Progress {
  private meter: ProgressMeter | undefined;
  private study: ProgressStudy | undefined;
  private readonly throttle: Throttle;

  constructor(
    private readonly stream: TextStream,
    private readonly clock: () => number,
  ) {
    this.throttle = new Throttle(INTERVAL_MS, () => this.rewrite(), clock);
  }

  begin(study: ProgressStudy): void {
    this.meter = new ProgressMeter(study, this.clock);
    this.study = study;
    const { direction, name } = study.objective;
    const way = direction === "max" ? "highest" : "lowest";
    const stop = this.stream.isTTY ? ` Ctrl+C stops it. ${KEPT}` : "";
    this.line(
      `${study.oracle.name} search for the ${way} ${name}: ${countsText(this.meter.view(study))}.${stop}`,
    );
  }

  update(event: StudyEvent, study: ProgressStudy): void {
    if (this.meter === undefined) return;
    this.study = study;
    const trial = event.type === "end" ? study.trials[event.trial] : undefined;
    if (trial !== undefined && hasEnded(trial)) {
      const view = this.meter.view(study);
      this.line(
        `${endText(trial, study.objective.name)} | ${bestText(view)} | ${countsText(view)}, ${timeText(view)}`,
      );
    }
    if (this.stream.isTTY) this.throttle.request();
  }

  warn(message: string): void {
    if (this.meter !== undefined) this.line(message);
  }

  end(outcome: SearchOutcome, study: ProgressStudy): void {
    if (this.meter === undefined) return;
    this.throttle.cancel();
    this.line(outcomeText(outcome, this.meter.view(study)));
    this.meter = undefined;
  }

  private line(text: string): void {
    this.stream.write(`${this.stream.isTTY ? REWRITE : ""}${text}\n`);
  }

  private rewrite(): void {
    if (this.meter === undefined || this.study === undefined) return;
    const view = this.meter.view(this.study);
    const running = [...this.study.running.values()].map(
      (trial) => `trial ${trial.id} ${stepText(trial, view.study.objective.name)}`,
    );
    const text = [...running, countsText(view), timeText(view), bestText(view)].join(" | ");
    // A line that wraps can't be rewritten.
    this.stream.write(REWRITE + text.slice(0, Math.max(1, (this.stream.columns ?? 80) - 1)));
  }
}
