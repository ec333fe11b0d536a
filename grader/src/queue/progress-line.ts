import { shortLine } from "../report/short-line";
import type { Progress } from "./run-queue";

const MINUTE = 60_000;
const NAME_LENGTH = 40;
const REMARK_LENGTH = 100;

/**
 * Returns a line about the submission that was judged last: how many of how many, whose, its points, how long it took, how many
 * there are a minute, and what is left of the time.
 */
export function progressLine({ verdict, done, total, milliseconds }: Progress): string {
  const { student, score, maximum, judgement, unreadable, notes } = verdict;
  const width = String(total).length;
  const result = unreadable === undefined ? `${score} of ${maximum}` : "unreadable";
  const took = judgement === null ? "" : `${(judgement.milliseconds / 1000).toFixed(1)} s`;
  const left = ((total - done) * milliseconds) / done;
  const [remark] = [...(unreadable === undefined ? [] : [unreadable]), ...notes];
  return [
    `${String(done).padStart(width)}/${total}`,
    shortLine(student, NAME_LENGTH).padEnd(16),
    result.padEnd(10),
    took.padStart(6),
    `${Math.round((done * MINUTE) / milliseconds)} a minute`.padStart(12),
    done < total ? `${duration(left)} left` : `${duration(milliseconds)} in all`,
    ...(remark === undefined ? [] : [`- ${shortLine(remark, REMARK_LENGTH)}`]),
  ].join("  ");
}

/** Returns a duration in words: "45 s", "3 min 5 s". */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
