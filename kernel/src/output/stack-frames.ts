import path from "node:path";

/** The kernel's own code: `dist`, or `src` where that runs. */
const KERNEL_FOLDER = path.dirname(__dirname) + path.sep;
/** Says nothing, when it was the kernel that made it. */
const NEW_PROMISE = /^\s+at new Promise \(<anonymous>\)$/;
const HIDDEN = ["node:internal/", "node:inspector", "node:async_hooks", "__kernel."];

/** Returns a text without the lines that are stack frames of the kernel or of Node's inside. */
export function hideKernelFrames(text: string, folder = KERNEL_FOLDER): string {
  if (!text.includes("    at ")) return text;
  if (!text.includes(folder) && !HIDDEN.some((part) => text.includes(part))) return text;
  const kept: string[] = [];
  for (const line of text.split("\n")) {
    if (!isKernelFrame(line, folder)) {
      kept.push(line);
      continue;
    }
    if (NEW_PROMISE.test(kept.at(-1) ?? "")) kept.pop();
    // Node opens the braces of an error's properties at the end of its last frame.
    if (line.endsWith(" {")) kept.push(`${kept.pop() ?? ""} {`);
  }
  return kept.join("\n");
}

function isKernelFrame(line: string, folder: string): boolean {
  if (!/^\s+at /.test(line)) return false;
  return line.includes(folder) || HIDDEN.some((part) => line.includes(part));
}
