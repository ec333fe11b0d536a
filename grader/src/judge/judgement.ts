/** What the judge says of one submission. Plain data: it is stored as JSON. */

/** How one test ended. */
export interface TestResult {
  readonly title: string;
  readonly hidden: boolean;
  readonly points: number;
  readonly passed: boolean;
  /** In words, for who may see the test: what went in, what should have come, what came, a hint. */
  readonly message: string;
  /** True when the process that was asked ended or stalled: no answer was judged. */
  readonly lost: boolean;
}

/** How one exercise ended. */
export interface ExerciseResult {
  readonly id: string;
  readonly points: number;
  /** The points of the tests that passed. */
  readonly score: number;
  /** False for the untouched stub. */
  readonly answered: boolean;
  readonly tests: readonly TestResult[];
}

/** What a cell of the submission did when it ran. */
export interface CellResult {
  /** Its nbgrader id; undefined for a cell that the student added. */
  readonly id: string | undefined;
  /** What it printed, cut to a limit. */
  readonly text: string;
  readonly error?: { readonly name: string; readonly message: string };
  /** Why it was ended from outside: time, memory, an exit. */
  readonly stopped?: string;
}

/** A judged submission. */
export interface Judgement {
  readonly exercises: readonly ExerciseResult[];
  /** In the order in which they ran. */
  readonly cells: readonly CellResult[];
  /** What the instructor should see: "sent answers before it was asked", "cell 3 was ended after 10 s". */
  readonly notes: readonly string[];
  /**
   * True when a time limit came although the program had been kept waiting for a processor, or that
   * could not be measured: worth another try when the machine is quiet.
   */
  readonly timedOut: boolean;
  /** How many processes it took; 1 for an honest submission. */
  readonly processes: number;
  /** Wall time, in milliseconds. */
  readonly milliseconds: number;
}

/** Returns the points that a judgement gives in all; none where there was nothing to judge. */
export function scoreOf(judgement: Judgement | null): number {
  return (judgement?.exercises ?? []).reduce((sum, { score }) => sum + score, 0);
}
