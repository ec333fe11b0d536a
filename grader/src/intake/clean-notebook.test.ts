import { describe, expect, test } from "vitest";
import { buildSource, releasedTexts } from "../assignment/build-notebooks";
import type { Notebook } from "../assignment/notebook";
import { NOTEBOOKS } from "../testing/attacks/notebooks";
import { PATCHES } from "../testing/attacks/patches";
import {
  ASSIGNMENT,
  type Changes,
  cellOf,
  judgeHostile,
  ownCell,
  RIGHT,
  withSubmission,
} from "../testing/hostile";
import { needsSandbox } from "../testing/needs-sandbox";
import { cleanNotebook } from "./clean-notebook";
import { readSubmission } from "./read-submission";

/** The clean notebook of a submission that did not run. */
function clean(changes: Changes = {}): Promise<Notebook> {
  return withSubmission(changes, (file) =>
    cleanNotebook(ASSIGNMENT, readSubmission(file, ASSIGNMENT)),
  );
}

function changesOf(name: string): Changes {
  const attack = [...NOTEBOOKS, ...PATCHES].find((one) => one.name === name);
  if (attack === undefined) throw new Error(`there is no attack "${name}"`);
  return attack.changes;
}

const source = (notebook: Notebook, id: string) =>
  notebook.cells.find((cell) => cell.id === id)?.source;

test("an honest submission becomes nbgrader's source notebook with the student's answers", async () => {
  const ours = buildSource(ASSIGNMENT);
  const answers = new Map(Object.entries(RIGHT));
  expect(await clean()).toEqual({
    ...ours,
    cells: ours.cells.map((cell) => ({ ...cell, source: answers.get(cell.id) ?? cell.source })),
  });
});

test.each(NOTEBOOKS.map(({ name, changes }) => [name, changes] as const))(
  "nothing but text of %s is left: our cells, our metadata, no outputs",
  async (_, changes) => {
    const { cells, metadata } = await clean(changes);
    const ours = buildSource(ASSIGNMENT);
    expect(metadata).toEqual(ours.metadata);
    const known = new Map(ours.cells.map((cell) => [cell.id, cell]));
    for (const cell of cells) {
      const want = known.get(cell.id) ?? { metadata: {} };
      expect(cell).toMatchObject({ ...want, source: cell.source });
      expect("outputs" in cell ? cell.outputs : []).toEqual([]);
    }
    expect(cells.map(({ id }) => id).filter((id) => known.has(id))).toEqual([...known.keys()]);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  },
);

test("the student's own cells stay where they were, text and code", async () => {
  const notebook = await clean({
    before: "const mine = 1;",
    edit: (loose) => {
      const at = loose.cells.indexOf(cellOf(loose, "f1-score"));
      loose.cells.splice(at + 1, 0, { cell_type: "markdown", metadata: {}, source: "My thoughts" });
      loose.cells.push(ownCell("const last = 1;"));
    },
  });
  const order = notebook.cells.map(({ id, source }) => (id.startsWith("added-") ? source : id));
  expect(order[0]).toBe("const mine = 1;");
  expect(order[order.indexOf("f1-score") + 1]).toBe("My thoughts");
  expect(order.at(-1)).toBe("const last = 1;");
});

test("an older copy of an answer is shown behind the one that counts", async () => {
  const notebook = await clean(changesOf("two answers in one notebook"));
  expect(source(notebook, "f1-score")).toBe(RIGHT["f1-score"]);
  expect(source(notebook, "added-1")).toBe("function f1Score(): number { return -1; }");
});

test("a deleted answer is an empty cell", async () => {
  expect(source(await clean(changesOf("deleted answer")), "f1-score")).toBe("");
});

test("a deleted reflection is as it was handed out: nbgrader has nothing to mark", async () => {
  const edit: Changes["edit"] = (loose) => {
    loose.cells = loose.cells.filter(({ id }) => id !== "why-f1");
  };
  expect(source(await clean({ edit }), "why-f1")).toBe(releasedTexts(ASSIGNMENT).get("why-f1"));
});

test("what a reflection says stays text, whole Unicode", async () => {
  const scripts = await clean(changesOf("scripts in Markdown"));
  expect(source(scripts, "why-f1")).toContain("<script>");
  const broken = await clean(changesOf("broken Unicode"));
  expect(source(broken, "why-f1")).toBe("��red");
});

describe("after judging", () => {
  needsSandbox();

  test("outputs are those of our own run: text and errors", async () => {
    const { submission, judgement } = await judgeHostile({
      before: `console.log("\\u001b[31mred <script>\\ud800");`,
      answers: { applied: `console.log("second"); throw new TypeError("no \\ud800");` },
      after: "process.exit(3);",
      edit: changesOf("claimed outputs").edit ?? (() => {}),
    });
    if (!submission || !judgement) throw new Error("it could not be read");
    const { cells } = cleanNotebook(ASSIGNMENT, submission, judgement);
    const outputs = cells.flatMap((cell) =>
      cell.cell_type === "code" && cell.outputs.length > 0 ? [[cell.id, cell.outputs]] : [],
    );
    const error = (ename: string, evalue: string) => ({
      output_type: "error",
      ename,
      evalue,
      traceback: [`${ename}: ${evalue}`],
    });
    expect(outputs).toEqual([
      ["added-1", [{ output_type: "stream", name: "stdout", text: "red <script>�\n" }]],
      [
        "applied",
        [{ output_type: "stream", name: "stdout", text: "second\n" }, error("TypeError", "no �")],
      ],
      ["added-2", [error("Stopped", "the program ended itself (code 3)")]],
    ]);
  });
});
