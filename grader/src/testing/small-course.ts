import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSource, releasedTexts } from "../assignment/build-notebooks";
import { formatNotebook, type Notebook } from "../assignment/notebook";
import { parseAssignment } from "../assignment/read-assignment";

const SOURCE = `// ---
// jupyter:
//   kernelspec:
//     display_name: TypeScript (Headroom)
//     language: typescript
//     name: headroom
// ---

// %% [markdown]
// # Assignment 01: halves

// %% given="setup"
import { call, check, closeTo, test } from "@headroom/checks";

// %% exercise="half"
function half(x: number): number {
  // BEGIN SOLUTION
  return x / 2;
  // END SOLUTION
}

// %% tests="half" points=2
await check(
  "Half",
  test("of 8", call(half, 8), closeTo(4)),
  // BEGIN HIDDEN TESTS
  test("of -3", call(half, -3), closeTo(-1.5)),
  // END HIDDEN TESTS
);

// %% wrong="half" name="without the fraction" message="should be -1.5"
{
  function half(x: number): number {
    return Math.trunc(x / 2);
  }
}
`;

/** A course in a folder of its own, with an assignment of one exercise that is worth 2 points. */
export class SmallCourse {
  readonly folder = mkdtempSync(join(tmpdir(), "small-course-"));
  readonly name = "01-halves";
  readonly assignment = parseAssignment(SOURCE, join(this.folder, `${this.name}.ts`));

  constructor() {
    mkdirSync(join(this.folder, "src"));
    writeFileSync(join(this.folder, "src", `${this.name}.ts`), SOURCE);
  }

  /** Hands in the release, with another body of `half`; without one it is untouched. */
  handIn(student: string, body?: string): void {
    const texts = releasedTexts(this.assignment);
    const notebook = buildSource(this.assignment);
    const cells = notebook.cells.map((cell) => ({
      ...cell,
      source:
        cell.id === "half" && body !== undefined
          ? `function half(x: number): number {\n  ${body}\n}`
          : (texts.get(cell.id) ?? cell.source),
    }));
    this.handInText(student, formatNotebook({ ...notebook, cells } as Notebook));
  }

  /** Hands in a file of this text under the notebook's name. */
  handInText(student: string, text: string): void {
    const folder = this.submitted(student);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${this.name}.ipynb`), text);
  }

  /** Where a student's submission lies. */
  submitted(student: string): string {
    return join(this.folder, "submitted", student, this.name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
