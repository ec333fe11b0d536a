import type { TranscriptResult } from "./transcript";

/** A score only counts for completed trials; the reference keeps NaN and step 0 for others. */
export function scoreOf({ status, score, best_step }: TranscriptResult): {
  score: number | undefined;
  bestStep: number | undefined;
} {
  return status === "COMPLETED"
    ? { score: Number(score), bestStep: best_step ?? undefined }
    : { score: undefined, bestStep: undefined };
}
