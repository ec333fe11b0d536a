/** Signals by which a process ends when it has used too much, as its exit code when a shell tells. */
const BY_MEMORY: ReadonlySet<string | number> = new Set([
  "SIGABRT",
  "SIGILL",
  "SIGSEGV",
  "SIGTRAP",
  "SIGBUS",
  132,
  133,
  134,
  135,
  139,
]);
const BY_LIMIT: ReadonlySet<string | number> = new Set(["SIGKILL", "SIGXCPU", 137, 152]);

/** Returns why a program ended that nobody had ended, in plain words. */
export function exitWords(code: number | null, signal: NodeJS.Signals | null): string {
  const end = signal ?? code ?? "";
  if (BY_MEMORY.has(end)) return "the program broke down: most often it used too much memory";
  if (BY_LIMIT.has(end))
    return "the program was ended by the system: it used too much processor time or memory";
  if (code === 0) return "the program ended itself: process.exit, or a promise that never settles";
  return `the program ended itself (${signal ?? `code ${code}`})`;
}
