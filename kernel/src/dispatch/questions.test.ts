import { expect, test } from "vitest";
import { createNotebook } from "./testing/notebook";

async function running(allowStdin = true) {
  const notebook = createNotebook(() => undefined);
  notebook.send("execute_request", { code: "await ask()", allow_stdin: allowStdin });
  while (notebook.toMain.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  notebook.toMain.length = 0;
  const ask = (prompt: string | undefined, fields: { id?: number; blocking?: boolean } = {}) =>
    notebook.questions.ask({
      type: "input",
      id: 1,
      prompt,
      password: false,
      blocking: true,
      ...fields,
    });
  const asked = () => notebook.sent.filter(({ type }) => type === "input_request");
  const answers = () => notebook.toMain.map((message) => "answer" in message && message.answer);
  return { notebook, ask, asked, answers };
}

test("a question goes to the client of its cell, and its answer to the main thread", async () => {
  const { notebook, ask, asked, answers } = await running();
  ask("name? ");
  expect(asked()).toEqual([
    {
      channel: "stdin",
      type: "input_request",
      parent: "m1",
      content: { prompt: "name? ", password: false },
    },
  ]);
  notebook.send("input_reply", { value: "Ann" }, "stdin");
  expect(answers()).toEqual([{ value: "Ann" }]);
});

test("one question is shown at a time; one that blocks goes first", async () => {
  const { notebook, ask, asked, answers } = await running();
  ask("later", { blocking: false });
  ask("later still", { blocking: false });
  ask("now");
  const prompts = () => asked().map(({ content }) => content.prompt);
  expect(prompts()).toEqual(["later", "now"]);
  notebook.send("input_reply", { value: "a" }, "stdin");
  notebook.send("input_reply", { value: "b" }, "stdin");
  expect(prompts()).toEqual(["later", "now", "later", "later still"]);
  expect(answers()).toEqual([{ value: "a" }, { value: "b" }]);
});

test("without a prompt the unfinished line of the cell is the prompt, and is not shown twice", async () => {
  const { notebook, ask, asked } = await running();
  notebook.output.stream(1, "stdout", "a line\nage? ");
  ask(undefined);
  expect(asked()[0]?.content.prompt).toBe("age? ");
  const shown = notebook.sent.filter(({ type }) => type === "stream");
  expect(shown.map(({ content }) => content.text)).toEqual(["a line\n"]);
  notebook.send("input_reply", { value: "5" }, "stdin");
  ask(undefined);
  expect(asked()[1]?.content.prompt).toBe("");
});

test("where no input is allowed the question ends at once", async () => {
  const { ask, asked, answers } = await running(false);
  ask("name?");
  expect(asked()).toEqual([]);
  expect(answers()).toEqual([{ interrupted: true }]);
});

test("an interrupt ends every question; then nobody waits", async () => {
  const { notebook, ask, answers } = await running();
  ask("a", { blocking: false });
  ask("b");
  expect(notebook.questions.answer({ interrupted: true })).toBe(true);
  expect(answers()).toEqual([{ interrupted: true }, { interrupted: true }]);
  expect(notebook.questions.answer({ interrupted: true })).toBe(false);
});

test("an answer that nobody asked for, or that comes after the cell's end, is ignored", async () => {
  const { notebook, ask, answers } = await running();
  notebook.send("input_reply", { value: "x" }, "stdin");
  ask("late", { blocking: false });
  notebook.questions.forget(1);
  notebook.send("input_reply", { value: "y" }, "stdin");
  expect(answers()).toEqual([]);
});
