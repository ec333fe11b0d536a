/** How often it is looked whether the parents still live, in milliseconds. */
const INTERVAL = 250;

/**
 * Calls `onEnd` once when a process has ended without which nobody can reach the kernel: the one that
 * started it (1 or 0: cannot be watched), or the one that Jupyter says it is started for.
 */
export function watchParent(
  parentPid: number,
  jupyterPid: string | undefined,
  onEnd: () => void,
): void {
  const jupyter = process.platform === "win32" ? 0 : Number(jupyterPid ?? 0);
  const timer = setInterval(() => {
    if (isParentAlive(parentPid) && (!(jupyter > 1) || isAlive(jupyter))) return;
    clearInterval(timer);
    onEnd();
  }, INTERVAL);
  timer.unref();
}

function isParentAlive(pid: number): boolean {
  if (pid <= 1) return true;
  return process.platform === "win32" ? isAlive(pid) : process.ppid === pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
