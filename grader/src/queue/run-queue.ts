import { availableParallelism } from "node:os";
import { type Judgement, scoreOf } from "../judge/judgement";
import { SandboxError } from "../sandbox/sandbox-error";
import { verdictFolder } from "./course-files";
import type { Examiner } from "./examiner";
import { type Found, findSubmissions } from "./find-submissions";
import { keepJudgement, keptVerdict } from "./grade-submission";
import { inSlots } from "./in-slots";
import { type HandedIn, readHandedIn } from "./read-handed-in";
import type { Verdict } from "./verdict";
import { removeUnfinished } from "./write-whole";

/** What the queue is to do. */
export interface QueueOptions {
  /** The course's folder. */
  readonly course: string;
  /** Only these; by default all who have handed in. */
  readonly students?: readonly string[];
  /** Judge again what has a verdict. */
  readonly again?: boolean;
  /** Without a sandbox: for students whom you would let use this computer. */
  readonly trust?: boolean;
  /** So many at a time, by default one for each core. */
  readonly jobs?: number;
  /** Called after each submission. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the queue; what is judged by then is kept. */
  readonly signal?: AbortSignal;
}

/** Where the queue stands. */
export interface Progress {
  /** The verdict that has just come. */
  readonly verdict: Verdict;
  /** Judged in this run, and all that are to be judged in it. */
  readonly done: number;
  readonly total: number;
  /** Since the first began. */
  readonly milliseconds: number;
}

/** What the queue did. */
export interface Grading {
  /** In the order of the students' names. */
  readonly verdicts: readonly Verdict[];
  /** How many of them were judged now. */
  readonly judged: number;
  /** How many were judged a second time, alone, since time had run out beside others. */
  readonly repeated: number;
  /** Who got no verdict since something went wrong that nobody thought of; never a 0. */
  readonly failed: readonly FailedSubmission[];
  /** How many are still to be judged, after a stop. */
  readonly left: number;
  /** What lies among the submissions and is none. */
  readonly odd: readonly string[];
  readonly milliseconds: number;
}

/** A submission on which there is no verdict, and what went wrong. */
interface FailedSubmission {
  readonly student: string;
  readonly error: Error;
}

/** The queue was asked for something that isn't there. */
export class QueueError extends Error {
  override name = "QueueError";
}

/**
 * Judges what was handed in and has no verdict yet. Whoever calls it holds the course's lock. A submission on which judge or
 * intake themselves break is left without a verdict, and the others go on.
 *
 * @throws {QueueError} for a student who has handed in nothing
 * @throws {SandboxError} where a sandbox can't be had: those that were under way get no verdict
 */
export async function runQueue(examiner: Examiner, options: QueueOptions): Promise<Grading> {
  const { course, again = false, trust = false, onProgress } = options;
  const { found, odd } = findSubmissions(course, examiner.assignment.name);
  const wanted = chosen(found, options.students, examiner.assignment.name);
  removeUnfinished(verdictFolder(course, examiner.assignment.name));

  const verdicts = new Map<string, Verdict>();
  // Read now to see what is new, and once more when its turn comes: a whole class does not fit into memory.
  const failed: FailedSubmission[] = [];
  const attempt = async (student: string, work: () => void | Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error) || options.signal?.aborted || isOfMachine(error)) throw error;
      failed.push({ student, error });
    }
  };
  const fresh: Found[] = [];
  for (const one of wanted) {
    await attempt(one.student, () => {
      const handedIn = readHandedIn(one, examiner.assignment);
      const kept = again ? undefined : keptVerdict(course, examiner, one, handedIn);
      if (kept === undefined) fresh.push(one);
      else verdicts.set(one.student, kept);
    });
  }

  if (fresh.length > 0) await examiner.prepare();
  const began = performance.now();
  let done = 0;
  const keep = (one: Found, handedIn: HandedIn, judgement: Judgement | null) => {
    const verdict = keepJudgement(course, examiner, one, handedIn, judgement);
    verdicts.set(one.student, verdict);
    done++;
    const milliseconds = performance.now() - began;
    onProgress?.({ verdict, done, total: fresh.length, milliseconds });
  };
  const judge = ({ submission }: HandedIn, slot: number, signal: AbortSignal) =>
    examiner.judge(submission.cells, { slot, trust, signal });

  const outOfTime: { one: Found; handedIn: HandedIn; first: Judgement }[] = [];
  const slots = Math.max(1, options.jobs ?? availableParallelism());
  await inSlots(
    fresh,
    slots,
    (one, slot, signal) =>
      attempt(one.student, async () => {
        const handedIn = readHandedIn(one, examiner.assignment);
        if (handedIn.unreadable !== undefined) return keep(one, handedIn, null);
        const judgement = await judge(handedIn, slot, signal);
        if (slots > 1 && judgement.timedOut) outOfTime.push({ one, handedIn, first: judgement });
        else keep(one, handedIn, judgement);
      }),
    options.signal,
  );
  // Other submissions, and whatever else the machine did, may have taken the time: the better of the two counts.
  await inSlots(
    outOfTime,
    1,
    ({ one, handedIn, first }, slot, signal) =>
      attempt(one.student, async () => {
        const second = await judge(handedIn, slot, signal);
        keep(one, handedIn, scoreOf(second) >= scoreOf(first) ? second : first);
      }),
    options.signal,
  );
  return {
    verdicts: wanted.flatMap(({ student }) => verdicts.get(student) ?? []),
    judged: done,
    repeated: outOfTime.length,
    failed,
    left: options.signal?.aborted ? fresh.length - done : 0,
    odd,
    milliseconds: performance.now() - began,
  };
}

function chosen(
  found: readonly Found[],
  students: readonly string[] | undefined,
  assignment: string,
): readonly Found[] {
  if (students === undefined) return found;
  const missing = students.find((name) => !found.some(({ student }) => student === name));
  if (missing !== undefined) {
    const names = found.map(({ student }) => student).slice(0, 20);
    throw new QueueError(
      `${missing} has handed in no ${assignment}. Handed in by: ${names.join(", ") || "nobody"}.`,
    );
  }
  return found.filter(({ student }) => students.includes(student));
}

/** Such errors come with every submission: a missing sandbox, a full disk. */
function isOfMachine(error: Error): boolean {
  return error instanceof SandboxError || "syscall" in error;
}
