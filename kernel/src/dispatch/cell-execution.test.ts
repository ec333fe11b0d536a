import { expect, test } from "vitest";
import type { TypeProblem } from "../typecheck/type-checker";
import { contentOf, createNotebook, kinds } from "./testing/notebook";

const PROBLEM: TypeProblem = {
  code: 2304,
  message: "Cannot find name 'debounce'.",
  start: { line: 1, column: 1 },
  end: { line: 1, column: 2 },
};
const ERROR = {
  name: "TypeError",
  message: "bad",
  stack: "TypeError: bad\n    at In[1]:1:1",
  details: "",
};
const three = { data: { "text/plain": "3" }, metadata: {} };

test("a cell: busy, its input, its result, the reply, idle", async () => {
  const notebook = createNotebook(() => ({ result: three }));
  const messages = await notebook.settled(notebook.send("execute_request", { code: "1 + 2" }));
  expect(kinds(messages)).toEqual([
    "busy",
    "execute_input",
    "execute_result",
    "execute_reply",
    "idle",
  ]);
  expect(contentOf(messages, "execute_input")).toEqual({ code: "1 + 2", execution_count: 1 });
  expect(contentOf(messages, "execute_result")).toMatchObject({ ...three, execution_count: 1 });
  expect(contentOf(messages, "execute_reply")).toEqual({
    status: "ok",
    execution_count: 1,
    user_expressions: {},
    payload: [],
  });
});

test("cells that are silent or not stored do not count; silent ones publish nothing", async () => {
  const notebook = createNotebook(() => ({ result: three }));
  const run = (fields: object) =>
    notebook.settled(notebook.send("execute_request", { code: "1 + 2", ...fields }));
  expect(contentOf(await run({}), "execute_reply").execution_count).toBe(1);
  const silent = await run({ silent: true });
  expect(kinds(silent)).toEqual(["busy", "execute_reply", "idle"]);
  expect(contentOf(silent, "execute_reply").execution_count).toBe(1);
  const unstored = await run({ store_history: false });
  expect(contentOf(unstored, "execute_input").execution_count).toBe(1);
  expect(contentOf(await run({}), "execute_reply").execution_count).toBe(2);
  const labels = notebook.toMain.flatMap((message) =>
    message.type === "run" ? message.cell.label : [],
  );
  expect(labels).toEqual(["In[1]", "In[unnumbered-2]", "In[unnumbered-3]", "In[2]"]);
  const entries = await notebook.history.query({ hist_access_type: "tail", n: 9 });
  expect(entries.map(([, line]) => line)).toEqual([1, 2]);
});

test("an error is published and replied with its traceback", async () => {
  const notebook = createNotebook(() => ({ error: ERROR }));
  const messages = await notebook.settled(notebook.send("execute_request", { code: "f()" }));
  const shown = {
    ename: "TypeError",
    evalue: "bad",
    traceback: ["In[1]:1:1", "> 1 | f()", "    | ^", "TypeError: bad", "    at In[1]:1:1"],
  };
  expect(contentOf(messages, "error")).toEqual(shown);
  expect(contentOf(messages, "execute_reply")).toMatchObject({ status: "error", ...shown });
});

test("after an error the cells that wait are aborted, with their count; a comm message is not", async () => {
  const notebook = createNotebook(() => ({ error: ERROR }));
  const failing = notebook.send("execute_request", { code: "f()" });
  const waiting = notebook.send("execute_request", { code: "1" });
  const comm = notebook.send("comm_open", { comm_id: "c", target_name: "nobody" });
  expect(contentOf(await notebook.settled(failing), "execute_reply").status).toBe("error");
  const aborted = await notebook.settled(waiting);
  expect(kinds(aborted)).toEqual(["busy", "execute_reply", "idle"]);
  expect(contentOf(aborted, "execute_reply")).toMatchObject({
    status: "aborted",
    execution_count: 1,
  });
  expect(kinds(await notebook.settled(comm))).toEqual(["busy", "comm_close", "idle"]);
  const later = await notebook.settled(notebook.send("execute_request", { code: "2" }));
  expect(contentOf(later, "execute_reply")).toMatchObject({ status: "error", execution_count: 2 });
});

test("with stop_on_error false the cells that wait run", async () => {
  const notebook = createNotebook(() => ({ error: ERROR }));
  notebook.send("execute_request", { code: "f()", stop_on_error: false });
  const next = await notebook.settled(notebook.send("execute_request", { code: "1" }));
  expect(contentOf(next, "execute_reply").status).toBe("error");
});

test("a type error is told, and nothing of the cell runs", async () => {
  const notebook = createNotebook(() => ({}), { check: async () => [PROBLEM] });
  const messages = await notebook.settled(notebook.send("execute_request", { code: "debounce()" }));
  expect(contentOf(messages, "error")).toMatchObject({
    ename: "TypeScriptError",
    evalue: "TS2304 (line 1): Cannot find name 'debounce'.",
  });
  expect(notebook.toMain).toEqual([]);
});

test("`// @check warn` tells a type error on stderr and runs; `off` does not look; `notebook` lasts", async () => {
  const notebook = createNotebook(() => ({}), { check: async () => [PROBLEM] });
  const run = async (code: string) =>
    kinds(await notebook.settled(notebook.send("execute_request", { code })));
  const ok = ["busy", "execute_input", "execute_reply", "idle"];
  const warned = ["busy", "execute_input", "stream", "execute_reply", "idle"];
  const failed = ["busy", "execute_input", "error", "execute_reply", "idle"];
  expect(await run("// @check warn\nx")).toEqual(warned);
  expect(await run("// @check off\nx")).toEqual(ok);
  expect(await run("x")).toEqual(failed);
  expect(await run("// @check off notebook\nx")).toEqual(ok);
  expect(await run("x")).toEqual(ok);
  expect(await run("// @check\nx")).toEqual(failed);
});

test("a syntax error names its line", async () => {
  const notebook = createNotebook();
  const messages = await notebook.settled(
    notebook.send("execute_request", { code: "const a = 1;\nconst b = ;" }),
  );
  const error = contentOf(messages, "error");
  expect(error.ename).toBe("SyntaxError");
  expect(error.evalue).toMatch(/\(line 2\)$/);
  expect(error.traceback).toContain("> 2 | const b = ;");
  expect(notebook.toMain).toEqual([]);
});

test("without a checker cells run, and that is told once", async () => {
  const notebook = createNotebook(() => ({}), { check: async () => undefined });
  const first = await notebook.settled(notebook.send("execute_request", { code: "1" }));
  expect(contentOf(first, "stream")).toMatchObject({ name: "stderr" });
  expect(contentOf(first, "execute_reply").status).toBe("ok");
  const second = await notebook.settled(notebook.send("execute_request", { code: "2" }));
  expect(kinds(second)).not.toContain("stream");
});

test("a cell is declared to the checker before it runs, but not when it does not run", async () => {
  const order: string[] = [];
  const notebook = createNotebook(
    () => {
      order.push("run");
      return {};
    },
    {
      check: async ({ code }) => (code === "bad" ? [PROBLEM] : []),
      declare: ({ code }) => order.push(`declare ${code}`),
    },
  );
  for (const code of ["const a = 1", "bad"]) {
    await notebook.settled(notebook.send("execute_request", { code }));
  }
  expect(order).toEqual(["declare const a = 1", "run"]);
});

test("an interrupt during the check ends the cell", async () => {
  const notebook = createNotebook(() => ({}), { check: () => new Promise(() => {}) });
  const cell = notebook.send("execute_request", { code: "1" });
  const interrupt = notebook.send("interrupt_request", {}, "control");
  expect(contentOf(await notebook.settled(interrupt), "interrupt_reply")).toEqual({ status: "ok" });
  expect(contentOf(await notebook.settled(cell), "error").ename).toBe("InterruptedError");
  expect(notebook.toMain).toEqual([]);
});

test("an import that a completion offered is added, and the front end gets the longer cell", async () => {
  const notebook = createNotebook(() => ({}), {
    check: async ({ code }) => (code.startsWith("import") ? [] : [PROBLEM]),
    complete: async () => ({
      items: [
        {
          label: "debounce",
          kind: "function",
          signature: "",
          documentation: "",
          importFrom: "lodash",
        },
      ],
      start: 0,
      end: 3,
    }),
  });
  const completion = await notebook.settled(
    notebook.send("complete_request", { code: "deb", cursor_pos: 3 }),
  );
  expect(contentOf(completion, "complete_reply")).toMatchObject({
    matches: ["debounce"],
    metadata: {
      _jupyter_types_experimental: [
        { text: "debounce", type: "import from lodash", start: 0, end: 3 },
      ],
    },
  });
  const messages = await notebook.settled(notebook.send("execute_request", { code: "debounce()" }));
  expect(contentOf(messages, "execute_reply")).toMatchObject({
    status: "ok",
    payload: [
      {
        source: "set_next_input",
        text: 'import { debounce } from "lodash";\ndebounce()',
        replace: true,
      },
    ],
  });
});

test("user_expressions are replied each with its own status", async () => {
  const notebook = createNotebook(() => ({
    expressions: { a: { ok: true, bundle: three }, b: { ok: false, error: ERROR } },
  }));
  const user_expressions = { a: "1 + 2", b: "f()", c: "((" };
  const messages = await notebook.settled(
    notebook.send("execute_request", { code: "", user_expressions }),
  );
  expect(contentOf(messages, "execute_reply")).toMatchObject({
    status: "ok",
    user_expressions: {
      a: { status: "ok", ...three },
      b: { status: "error", ename: "TypeError", evalue: "bad" },
      c: { status: "error", ename: "SyntaxError" },
    },
  });
});

test("an empty cell runs nothing", async () => {
  const notebook = createNotebook();
  const messages = await notebook.settled(notebook.send("execute_request", { code: " \n" }));
  expect(contentOf(messages, "execute_reply")).toMatchObject({ status: "ok", execution_count: 1 });
  expect(notebook.toMain).toEqual([]);
});

test("when the kernel ends, the open cell gets its error, reply and idle once, those that wait are aborted", async () => {
  const notebook = createNotebook(() => undefined);
  const cell = notebook.send("execute_request", { code: "process.exit(3)" });
  while (notebook.toMain.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  const waiting = notebook.send("execute_request", { code: "1" });
  await notebook.execution.failAll({ ename: "ProcessExit", evalue: "ends", traceback: ["ends"] });
  expect(contentOf(await notebook.settled(waiting), "execute_reply").status).toBe("aborted");
  expect(kinds(await notebook.settled(cell))).toEqual([
    "busy",
    "execute_input",
    "error",
    "execute_reply",
    "idle",
  ]);
});

test("when the kernel ends and no cell runs, that is told under the last one", async () => {
  const notebook = createNotebook();
  const cell = notebook.send("execute_request", { code: "setTimeout(() => process.exit(0), 9)" });
  await notebook.settled(cell);
  await notebook.execution.failAll({ ename: "ProcessExit", evalue: "ends", traceback: ["ends"] });
  expect(notebook.sent.at(-1)).toEqual({
    channel: "iopub",
    type: "stream",
    parent: cell,
    content: { name: "stderr", text: "ends\n" },
  });
});
