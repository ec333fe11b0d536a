/**
 * True when a cell is the stub that the student was given, or empty, or not there. Space and comments
 * on lines of their own don't count as an answer.
 */
export function isUntouched(source: string | undefined, stub: string): boolean {
  if (source === undefined) return true;
  const left = essence(source);
  return left === "" || left === essence(stub);
}

function essence(source: string): string {
  return source
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .join("\n");
}
