/** What a proof of an assignment says. Plain data. */
import type { WrongAnswerSignature } from "../queue/known-wrong-answers";

/** One thing that was tried. */
export interface ProofLine {
  readonly ok: boolean;
  /** "f1-score, wrong answer \"forgets the 2\"". */
  readonly what: string;
  /** What came: "2 of 4 points, heard it in a hidden test"; for a failure also what was expected. */
  readonly found: string;
}

/** An assignment's proof. */
export interface Proof {
  /** `NN-slug`. */
  readonly name: string;
  readonly lines: readonly ProofLine[];
  readonly signatures: readonly WrongAnswerSignature[];
  /** True when every line is well. */
  readonly ok: boolean;
  /** Wall time, in milliseconds. */
  readonly milliseconds: number;
}
