import { readFileSync, statSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import type { ErrorInfo } from "../bridge/contract";
import type { Place } from "../cell/compiled-cell";
import type { TypeProblem } from "../typecheck/type-checker";
import type { CellSource } from "./cell-records";
import { codeFrame } from "./code-frame";
import type { StackFrame } from "./stack-frames";
import { formatFrame, parseStack, readFrame } from "./stack-frames";

/** An error as the protocol has it; the traceback is one text a line. */
export interface ShownError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Where tracebacks find code. */
export interface TracebackSources {
  /** The text of the cell that is called so; undefined where it is forgotten. */
  cell(label: string): CellSource | undefined;
  /** The notebook's folder: files in it are named from there. */
  readonly folder: string;
  /** The kernel's own folder: its frames are hidden. */
  readonly kernelFolder: string;
}

/** Problems beyond these are only counted. */
const MAX_PROBLEMS = 5;
/** Frames beyond these are only counted. */
const MAX_FRAMES = 20;
/** A message is cut here, in UTF-16 units. */
const MAX_MESSAGE = 20_000;
/** Larger files are not read for a code frame, in bytes. */
const MAX_FILE = 2_000_000;

/** Returns a thrown error with its place, code frame, frames and details. */
export function showError(error: ErrorInfo, sources: TracebackSources): ShownError {
  const message = shorten(error.message);
  const frames = userFrames(parseStack(error.stack, error.message), sources);
  const head = headOf(error.name, message);
  const rest = frames.length - MAX_FRAMES;
  const lines = [
    ...locate(frames, sources),
    ...head.split("\n"),
    ...frames.slice(0, MAX_FRAMES).map((frame) => showFrame(frame, sources)),
    ...(rest > 0 ? [`    ... and ${rest} more frames`] : []),
    ...(error.details === "" ? [] : showDetails(shorten(error.details), sources)),
  ];
  return { ename: error.name || "Error", evalue: message, traceback: lines };
}

/** What is thrown without being an error arrives under the name "Thrown". */
function headOf(name: string, message: string): string {
  if (name === "Thrown") return `Uncaught: ${message}`;
  return message === "" ? name : `${name}: ${message}`;
}

/** Returns the type errors of a cell as one error; nothing of the cell has run. */
export function showProblems(
  label: string,
  code: string,
  problems: readonly TypeProblem[],
): ShownError {
  const shown = problems.slice(0, MAX_PROBLEMS);
  const rest = problems.length - shown.length;
  const [first] = problems;
  return {
    ename: "TypeScriptError",
    evalue: first ? `TS${first.code} (line ${first.start.line}): ${first.message}` : "",
    traceback: [
      ...shown.flatMap(({ code: number, message, start }) => [
        ...framed(label, code, start),
        ...`TS${number}: ${message}`.split("\n"),
      ]),
      ...(rest > 0 ? [`and ${rest} more`] : []),
    ],
  };
}

/** Returns the error of a cell that is no TypeScript. */
export function showSyntaxError(
  label: string,
  code: string,
  message: string,
  place: Place,
): ShownError {
  return {
    ename: "SyntaxError",
    evalue: `${message} (line ${place.line})`,
    traceback: [...framed(label, code, place), ...`SyntaxError: ${message}`.split("\n")],
  };
}

function framed(name: string, code: string, place: Place): string[] {
  return [`${name}:${place.line}:${place.column}`, ...codeFrame(code, place)];
}

/** Place and code of the first frame that is the user's own: a cell, or a file of theirs. */
function locate(frames: readonly StackFrame[], sources: TracebackSources): string[] {
  for (const frame of frames) {
    const code = sources.cell(frame.file)?.code ?? readLocal(frame.file, sources);
    if (code !== undefined) return framed(nearer(frame, sources).file, code, frame.place);
  }
  return [];
}

/** The frames of user code: without the kernel's own, and without natives that only the kernel calls. */
function userFrames(frames: readonly StackFrame[], sources: TracebackSources): StackFrame[] {
  const shown = frames.filter((frame) => !isHidden(frame, sources));
  while (shown.at(-1)?.file === "") shown.pop();
  return shown.map((frame) => toSource(frame, sources));
}

function showFrame(frame: StackFrame, sources: TracebackSources): string {
  return `    ${formatFrame(nearer(frame, sources))}`;
}

/** Printed causes have stacks of their own. */
function showDetails(details: string, sources: TracebackSources): string[] {
  const shown: string[] = [];
  let frames: StackFrame[] = [];
  const endStack = () => {
    shown.push(...userFrames(frames, sources).map((frame) => showFrame(frame, sources)));
    frames = [];
  };
  for (const line of details.split("\n")) {
    const frame = readFrame(line.replace(/ \{$/, ""));
    if (frame) {
      frames.push(frame);
      if (!line.endsWith(" {")) continue;
      // An error's properties follow its last frame.
      endStack();
      shown.push(`${shown.pop() ?? ""} {`);
    } else {
      endStack();
      shown.push(line);
    }
  }
  endStack();
  return shown;
}

function isHidden({ file, name }: StackFrame, { kernelFolder }: TracebackSources): boolean {
  if (file === "") return name === "<anonymous>";
  return file.startsWith("node:") || isInside(file, kernelFolder);
}

function toSource(frame: StackFrame, sources: TracebackSources): StackFrame {
  const source = sources.cell(frame.file);
  return source ? { ...frame, place: source.toSource(frame.place) } : frame;
}

function nearer(frame: StackFrame, { folder }: TracebackSources): StackFrame {
  return isInside(frame.file, folder)
    ? { ...frame, file: `.${sep}${relative(folder, frame.file)}` }
    : frame;
}

function readLocal(file: string, { folder }: TracebackSources): string | undefined {
  if (!isInside(file, folder) || file.includes(`${sep}node_modules${sep}`)) return undefined;
  try {
    return statSync(file).size > MAX_FILE ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function isInside(file: string, folder: string): boolean {
  return isAbsolute(file) && file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function shorten(text: string): string {
  const rest = text.length - MAX_MESSAGE;
  return rest > 0 ? `${text.slice(0, MAX_MESSAGE)}... (${rest} more characters)` : text;
}
