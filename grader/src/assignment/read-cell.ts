/** What a cell of the text source is, by its keys. */
import type { AssignmentCell } from "./assignment";
import type { Problem } from "./assignment-error";
import { type Region, readMarks, withoutRegions } from "./marks";
import type { PercentCell } from "./percent-format";

type Kind = AssignmentCell["kind"];

interface Shape {
  readonly kind: Kind;
  readonly isMarkdown: boolean;
  /** The key that makes a cell one of this kind. */
  readonly key: string;
  readonly also: readonly string[];
  readonly region?: Region;
}

const SHAPES: readonly Shape[] = [
  { kind: "given", isMarkdown: false, key: "given", also: [] },
  { kind: "exercise", isMarkdown: false, key: "exercise", also: [], region: "SOLUTION" },
  { kind: "tests", isMarkdown: false, key: "tests", also: ["points"], region: "HIDDEN TESTS" },
  { kind: "wrong", isMarkdown: false, key: "wrong", also: ["name", "message"] },
  { kind: "reflection", isMarkdown: true, key: "reflect", also: ["points"], region: "MARK SCHEME" },
];

/** nbgrader and nbformat take letters, digits, - and _; ours also get a suffix. */
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_ID = 40;

/** Returns the cell; undefined where that can't be said. Tells `problems` what is wrong with it. */
export function readCell(cell: PercentCell, problems: Problem[]): AssignmentCell | undefined {
  const complain = (message: string, line = cell.markLine) => {
    problems.push({ line, message });
  };
  if (cell.source.trim() === "") complain("the cell is empty");
  const shape = SHAPES.find(({ key }) => cell.keys.has(key));
  const isShape = shape?.isMarkdown === cell.isMarkdown;
  for (const { index, message } of readMarks(cell.source, isShape ? shape?.region : undefined)
    .problems) {
    complain(message, cell.line + index);
  }
  if (shape === undefined) return readPlain(cell, complain);
  if (!isShape) {
    const type = shape.isMarkdown ? "a text cell (// %% [markdown] ...)" : "a code cell";
    complain(`${shape.key}= belongs to ${type}`);
    return undefined;
  }
  complainOfKeys(cell, shape, complain);
  return readShaped(cell, shape, complain);
}

type Complain = (message: string, line?: number) => void;

function readPlain(cell: PercentCell, complain: Complain): AssignmentCell | undefined {
  if (!cell.isMarkdown) {
    const keys = SHAPES.filter(({ isMarkdown }) => !isMarkdown).map(({ key }) => `${key}="..."`);
    complain(`a code cell says what it is: ${keys.join(", ")}`);
    return undefined;
  }
  const [stray] = cell.keys.keys();
  if (stray !== undefined)
    complain(`a text cell takes reflect="..." points=N or no keys, not "${stray}"`);
  return { kind: "text", source: cell.source, line: cell.line };
}

function complainOfKeys({ keys }: PercentCell, shape: Shape, complain: Complain): void {
  const wanted = [shape.key, ...shape.also];
  for (const name of keys.keys()) {
    if (wanted.includes(name)) continue;
    complain(`there is no key "${name}" for such a cell: it takes ${wanted.join(", ")}`);
  }
}

function readShaped(
  cell: PercentCell,
  shape: Shape,
  complain: Complain,
): AssignmentCell | undefined {
  const { line, source } = cell;
  const id = readId(cell, shape.key, complain);
  switch (shape.kind) {
    case "text":
      return undefined;
    case "given":
      return { kind: "given", source, line, id: `given-${id}` };
    case "exercise":
      if (readMarks(source, "SOLUTION").regions.length === 0) {
        complain("the exercise has no // BEGIN SOLUTION ... // END SOLUTION");
      }
      return { kind: "exercise", source, line, id };
    case "tests":
      return { kind: "tests", source, line, exercise: id, points: readPoints(cell, complain) };
    case "wrong":
      return {
        kind: "wrong",
        source: withoutBraces(source, complain),
        line: line + 1,
        exercise: id,
        name: readText(cell, "name", complain),
        message: readText(cell, "message", complain),
      };
    case "reflection": {
      const [scheme = []] = readMarks(source, "MARK SCHEME").regions;
      if (scheme.join("").trim() === "") {
        complain(
          "the reflection has no mark scheme: <!-- BEGIN MARK SCHEME --> ... <!-- END MARK SCHEME -->",
        );
      }
      const question = withoutRegions(source).trim();
      const points = readPoints(cell, complain);
      return {
        kind: "reflection",
        source: question,
        line,
        id,
        points,
        scheme: scheme.join("\n").trim(),
      };
    }
  }
}

function readId(cell: PercentCell, key: string, complain: Complain): string {
  const id = readText(cell, key, complain);
  if (id !== "" && (!ID.test(id) || id.length > LONGEST_ID)) {
    complain(
      `"${id}" is no id: use at most ${LONGEST_ID} small letters and digits, with - between words`,
    );
  }
  return id;
}

function readText({ keys }: PercentCell, key: string, complain: Complain): string {
  const value = keys.get(key);
  if (typeof value === "string" && value.trim() !== "") return value;
  complain(`the cell needs ${key}="..."`);
  return "";
}

function readPoints({ keys }: PercentCell, complain: Complain): number {
  const points = keys.get("points");
  if (typeof points === "number" && points > 0) return points;
  complain("the cell needs points=N, a number above 0");
  return 0;
}

/** A wrong answer stands in braces, so that the file has each name once. */
function withoutBraces(source: string, complain: Complain): string {
  const lines = source.split("\n");
  if (lines[0] !== "{" || lines.at(-1) !== "}") {
    complain("a wrong answer stands in braces: { on a line before it, } on a line behind it");
    return source;
  }
  const inner = lines.slice(1, -1);
  return inner.map((line) => line.replace(/^ {2}/, "")).join("\n");
}
