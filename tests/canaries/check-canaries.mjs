// @ts-check
// Canaries for `npm run notebooks -- check`: stored notebooks, each tampered with in one way.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildInWorkshop } from "../../scripts/notebooks/build-notebooks.mjs";
import { checkLessons } from "../../scripts/notebooks/check-notebooks.mjs";
import { lessonOf } from "../../scripts/notebooks/lesson-files.mjs";
import { readNotebook } from "../../scripts/notebooks/notebook-format.mjs";
import { runLesson } from "../../scripts/notebooks/run-notebook.mjs";

/**
 * @typedef {import("../../scripts/notebooks/notebook-format.mjs").Notebook} Notebook
 * @typedef {import("../../scripts/notebooks/notebook-format.mjs").Cell} Cell
 */

/**
 * What was found about one canary; `complaint` is empty when it did what it must.
 * @typedef {{ name: string, complaint: string }} Result
 */

/**
 * A way to spoil a notebook that agrees with its source, and what the check must say of it.
 * @typedef {{ name: string, because?: RegExp, spoil: (notebook: Notebook) => void }} Tampering
 */

const SOURCE = `// ---
// jupyter:
//   kernelspec:
//     display_name: TypeScript (Headroom)
//     language: typescript
//     name: headroom
// ---

// %% [markdown]
// # Canary

// %%
console.log(1);

// %% [markdown]
// Seen: one.

// %% tags=["nbval-ignore-output"]
drawFigure();

// %% [markdown]
// Seen: a figure.

// %%
console.log(2);
`;

const PLOTLY = "application/vnd.plotly.v1+json";
/** The places of the cells that print and of the one with a figure. */
const [FIRST, FIGURE, LAST] = [1, 3, 5];

/** @param {string} text */
const printed = (text, name = "stdout") => {
  return /** @type {const} */ ({ output_type: "stream", name, text });
};

/** @type {readonly Tampering[]} */
const TAMPERINGS = [
  { name: "control", spoil: () => {} },
  {
    name: "missing cell",
    because: /differs from the source/,
    spoil: ({ cells }) => cells.splice(FIGURE, 2),
  },
  {
    name: "missing last cell",
    because: /presence differs/,
    spoil: ({ cells }) => cells.splice(LAST, 1),
  },
  {
    name: "added cell",
    because: /has 7 cells/,
    spoil: ({ cells }) => cells.push({ ...cells[0], id: "added", source: "added" }),
  },
  {
    name: "changed code",
    because: /text differs/,
    spoil: ({ cells }) => assign(cells[FIRST], { source: "console.log(one);" }),
  },
  {
    name: "changed tags",
    because: /tags or metadata differ/,
    spoil: ({ cells }) => assign(cells[FIRST], { metadata: { tags: ["nbval-ignore-output"] } }),
  },
  {
    name: "other kernel",
    because: /metadata differ/,
    spoil: (notebook) => assign(notebook, { metadata: { kernelspec: { name: "python3" } } }),
  },
  {
    name: "unexecuted cell",
    because: /never run/,
    spoil: ({ cells }) => assign(cells[LAST], { execution_count: null, outputs: [] }),
  },
  {
    name: "cells run out of order",
    because: /out of order/,
    spoil: ({ cells }) => assign(cells[FIRST], { execution_count: 7 }),
  },
  {
    name: "stored error",
    because: /stores an error, TypeError: canary/,
    spoil: ({ cells }) => {
      const error = { ename: "TypeError", evalue: "canary", traceback: [] };
      assign(cells[LAST], { outputs: [{ output_type: "error", ...error }] });
    },
  },
  {
    name: "stored warning",
    because: /error stream/,
    spoil: ({ cells }) =>
      assign(cells[LAST], { outputs: [printed("2\n"), printed("!", "stderr")] }),
  },
  {
    name: "path of the machine",
    because: /path of the machine/,
    spoil: ({ cells }) => {
      assign(cells[LAST], { outputs: [printed(`at ${path.resolve("notebooks/x.ts")}:3\n`)] });
    },
  },
  {
    name: "ignored output that isn't a figure",
    because: /more than figures/,
    spoil: ({ cells }) => cells[FIGURE].outputs?.push(printed("0.93\n")),
  },
  {
    name: "figure without a picture",
    because: /static picture/,
    spoil: ({ cells }) => delete cells[FIGURE].outputs?.[0].data?.["image/png"],
  },
  {
    name: "figure without alt text",
    because: /alt text/,
    spoil: ({ cells }) => assign(cells[FIGURE].outputs?.[0] ?? {}, { metadata: {} }),
  },
  {
    name: "notebook of 4 MB",
    because: /is 4\.\d MB/,
    spoil: ({ cells }) => assign(cells[LAST], { outputs: [printed("2".repeat(4e6))] }),
  },
];

/**
 * @template {object} T
 * @param {T} target
 * @param {Partial<T>} change
 */
function assign(target, change) {
  Object.assign(target, change);
}

/**
 * Judges all tampered notebooks in one go.
 * @param {string} folder an empty folder to work in
 * @returns {Promise<Result[]>}
 */
export async function judgeTamperings(folder) {
  const lessons = TAMPERINGS.map(({ name }, index) => {
    const number = String(index).padStart(2, "0");
    return lessonOf(`${number}-${name.replaceAll(/[^a-z0-9]+/g, "-")}`, folder);
  });
  mkdirSync(path.join(folder, "src"), { recursive: true });
  for (const { source } of lessons) writeFileSync(source, SOURCE);
  const built = await buildInWorkshop(lessons);
  for (const [index, { name, notebook }] of lessons.entries()) {
    const stored = asIfRun(readNotebook(String(built.get(name))));
    TAMPERINGS[index].spoil(stored);
    writeFileSync(notebook, JSON.stringify(stored));
  }
  const verdicts = await checkLessons(lessons);
  return TAMPERINGS.map(({ name, because }, index) => {
    const said = verdicts[index].complaints.join("\n");
    const right = because ? because.test(said) : said === "";
    const complaint = `must say ${because ?? "nothing"}, but said ${said || "nothing"}`;
    return { name, complaint: right ? "" : complaint };
  });
}

/**
 * The notebook as a run would leave it.
 * @param {Notebook} notebook
 */
function asIfRun(notebook) {
  const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  for (const [index, cell] of code.entries()) cell.execution_count = index + 1;
  notebook.cells[FIRST].outputs = [printed("1\n")];
  notebook.cells[LAST].outputs = [printed("2\n")];
  const data = { [PLOTLY]: { data: [], layout: {} }, "image/png": "iVBORw0KGgo=" };
  const metadata = { "image/png": { alt: "A figure" } };
  notebook.cells[FIGURE].outputs = [{ output_type: "display_data", data, metadata }];
  return notebook;
}

/**
 * `npm run notebooks -- run` on a lesson whose second cell throws: it must fail, tell the cell and
 * the error, and leave the stored notebook as it was.
 * @param {string} folder an empty folder to work in
 * @returns {Promise<Result>}
 */
export async function judgeFailingRun(folder) {
  const lesson = lessonOf("99-failing-run", folder);
  mkdirSync(path.dirname(lesson.source), { recursive: true });
  const thrower = '\n// %%\nthrow new Error("canary: run");\n';
  writeFileSync(lesson.source, SOURCE.replace("drawFigure();", "") + thrower);
  writeFileSync(lesson.notebook, "the notebook of the last good run");
  const { ok, message } = await runLesson(lesson);
  const kept = existsSync(lesson.notebook) && readFileSync(lesson.notebook, "utf8");
  const faults = [
    ...(ok ? ["it reported success"] : []),
    ...(kept === "the notebook of the last good run" ? [] : ["the stored notebook was changed"]),
    ...(/cell 7 of 7.*throw new Error.*Error: canary: run/s.test(message) ? [] : [message]),
  ];
  return { name: "run of a lesson that throws", complaint: faults.join("; ") };
}
