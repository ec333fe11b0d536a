// @ts-check
// A failed step of set-up: what failed, why, and what cures it.

/** A step of set-up that failed, with the cause as the tool told it and a cure for the reader. */
export class SetupError extends Error {
  /**
   * @param {string} what the step that failed, as a sentence's beginning: "Python packages"
   * @param {string} cause what the tool said
   * @param {string} cure what the reader can do about it
   */
  constructor(what, cause, cure) {
    super(`${what}: ${cause}`);
    this.name = "SetupError";
    this.what = what;
    this.cause = cause;
    this.cure = cure;
  }
}

/** @type {readonly (readonly [RegExp, string])[]} patterns in a tool's output, and what cures them */
const CURES = [
  [
    /ENOSPC|No space left/i,
    "The disk is full: set-up needs about 4 GB. Free some space, then run the command again.",
  ],
  [
    /EACCES|EPERM|Permission denied/i,
    "A file can't be written: make sure that the project's folder and all in it belong to you " +
      "(a run as root may have left files of root's), then run the command again.",
  ],
  [
    /ensurepip|No module named venv/i,
    "Python lacks its venv module. On Debian or Ubuntu: sudo apt install python3-venv.",
  ],
  [
    /npm (error|ERR!) code (EUSAGE|E404)|ETARGET|No matching distribution|not in sync/i,
    "A version that the lock file names can't be had: update your checkout (git pull), or run " +
      "npm install after a change to package.json.",
  ],
  [
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|NewConnectionError|Temporary failure|SSLError|CERT_/i,
    "The package registry can't be reached: check the network, and the proxy settings of npm and " +
      "pip, then run the command again. What was finished is kept.",
  ],
];

/**
 * What may cure a failure, by what the tool printed.
 * @param {string} output
 */
export function cureFor(output) {
  const known = CURES.find(([pattern]) => pattern.test(output));
  return (
    known?.[1] ?? "Mend the cause above, then run the command again. What was finished is kept."
  );
}
