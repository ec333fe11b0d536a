import { appendFileSync } from "node:fs";

/** Returns a function that writes a line to the file that HEADROOM_KERNEL_LOG names, if any. */
export function createLog(file: string | undefined): (text: string) => void {
  if (!file) return () => {};
  return (text) => {
    try {
      appendFileSync(file, `${new Date().toISOString()} ${process.pid} ${text}\n`, { mode: 0o600 });
    } catch {
      // A log that cannot be written must not harm the kernel.
    }
  };
}
