import { Console } from "node:console";
import { clearOutput } from "./clear-output";
import { quietInspection } from "./quiet-inspection";
import { hideKernelFrames } from "./stack-frames";

/**
 * Gives the global console methods that write to `process.stdout` and `process.stderr` without
 * colours, without the kernel's own stack frames, and without reporting to the inspector, which would
 * keep the last thousand values alive. `console.clear` clears the cell's output. To be called once,
 * after `captureStreams`.
 */
export function captureConsole(): void {
  quietInspection();
  const plain = new Console({
    stdout: cleaned("stdout"),
    stderr: cleaned("stderr"),
    colorMode: false,
    // The streams never fail, and this spares a callback for each line.
    ignoreErrors: false,
  });
  for (const name of Object.keys(plain)) {
    const method: unknown = Reflect.get(plain, name);
    if (typeof method === "function" && !name.startsWith("_")) Reflect.set(console, name, method);
  }
  console.clear = () => clearOutput();
}

/** Asks for the stream at each write: user code may have put another in its place. */
function cleaned(name: "stdout" | "stderr"): NodeJS.WritableStream {
  const write = (text: string) => process[name].write(hideKernelFrames(text));
  return { write } as NodeJS.WritableStream;
}
