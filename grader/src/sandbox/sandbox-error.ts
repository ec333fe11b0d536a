/** Why a sandbox can't be had; never a student's doing. */
export type SandboxErrorCode =
  /** This system has no sandbox, or forbids it. */
  | "no-sandbox"
  /** A part of the project is not there. */
  | "not-set-up"
  /** It ended before any code of the student's had run. */
  | "not-started";

/**
 * The fault is ours or the machine's, so that there is no verdict, and never a 0. The message names
 * what is missing; `cure` says what to do.
 */
export class SandboxError extends Error {
  override name = "SandboxError";
  readonly code: SandboxErrorCode;
  readonly cure: string;

  constructor(code: SandboxErrorCode, problem: string, cure: string) {
    super(`${problem}\nCure: ${cure}`);
    this.code = code;
    this.cure = cure;
  }
}
