import type { Trial } from "../trials/trial";

/** What a worker that asks for a trial is told. */
export type Answer =
  /** Run this trial. `again`: it was handed out before. */
  | { readonly status: "RUNNING"; readonly trial: Trial; readonly again: boolean }
  /** Ask again when a running trial has ended. */
  | { readonly status: "IDLE" }
  /** There is nothing more to do. */
  | { readonly status: "STOPPED" };
