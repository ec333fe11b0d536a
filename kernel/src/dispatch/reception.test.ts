import { expect, test } from "vitest";
import { contentOf, createNotebook, kinds } from "./testing/notebook";

test.each([
  ["kernel_info_request", "kernel_info_reply"],
  ["connect_request", "connect_reply"],
  ["comm_info_request", "comm_info_reply"],
  ["history_request", "history_reply"],
  ["is_complete_request", "is_complete_reply"],
  ["complete_request", "complete_reply"],
  ["inspect_request", "inspect_reply"],
])(
  "%s is answered between busy and idle, on either channel, with an empty content too",
  async (type, reply) => {
    const notebook = createNotebook();
    for (const channel of ["shell", "control"] as const) {
      const messages = await notebook.settled(notebook.send(type, {}, channel));
      expect(kinds(messages)).toEqual(["busy", reply, "idle"]);
      expect(messages[1]?.channel).toBe(channel);
      if (reply !== "is_complete_reply") expect(messages[1]?.content.status).toBe("ok");
    }
  },
);

test("kernel_info tells the language as front ends need it", async () => {
  const notebook = createNotebook();
  const info = contentOf(
    await notebook.settled(notebook.send("kernel_info_request")),
    "kernel_info_reply",
  );
  expect(info).toMatchObject({
    status: "ok",
    protocol_version: "5.4",
    implementation: "headroom",
    language_info: {
      name: "typescript",
      file_extension: ".ts",
      mimetype: "text/typescript",
      codemirror_mode: "typescript",
    },
  });
  expect(info.language_info).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});

test("questions are answered while a cell runs; then the cell's busy is told again", async () => {
  const notebook = createNotebook(() => undefined);
  const cell = notebook.send("execute_request", { code: "while (true) {}" });
  while (notebook.toMain.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  const messages = await notebook.settled(notebook.send("is_complete_request", { code: "f(" }));
  expect(contentOf(messages, "is_complete_reply")).toMatchObject({ status: "incomplete" });
  const last = notebook.sent.at(-1);
  expect([last?.parent, last?.content]).toEqual([cell, { execution_state: "busy" }]);
});

test("cursor positions are code points, in and out", async () => {
  const asked: number[] = [];
  const complete = async (_: string, offset: number) => {
    asked.push(offset);
    return { items: [], start: offset - 3, end: offset };
  };
  const notebook = createNotebook(undefined, { complete });
  const code = "'😀😀'; abc";
  const messages = await notebook.settled(
    notebook.send("complete_request", { code, cursor_pos: 9 }),
  );
  expect(asked).toEqual([11]);
  expect(contentOf(messages, "complete_reply")).toMatchObject({ cursor_start: 6, cursor_end: 9 });
});

test("an inspection comes as Markdown, and as text without fences", async () => {
  const markdown = "```typescript\nconst a: 1\n```\nIts *doc*.";
  const notebook = createNotebook(undefined, { inspect: async () => markdown });
  const request = notebook.send("inspect_request", { code: "a", cursor_pos: 1, detail_level: 1 });
  expect(contentOf(await notebook.settled(request), "inspect_reply")).toEqual({
    status: "ok",
    found: true,
    data: { "text/plain": "const a: 1\nIts *doc*.", "text/markdown": markdown },
    metadata: {},
  });
});

test("what fails inside the kernel is replied as an error", async () => {
  const notebook = createNotebook(undefined, {
    inspect: () => Promise.reject(new Error("broken")),
  });
  const messages = await notebook.settled(notebook.send("inspect_request", { code: "a" }));
  expect(contentOf(messages, "inspect_reply")).toMatchObject({ status: "error", evalue: "broken" });
});

test("comms: opened for a target with listeners, closed at once for one without", async () => {
  const notebook = createNotebook();
  notebook.comms.setTarget("known", true);
  const data = { a: 1 };
  const open = { comm_id: "c1", target_name: "known", data };
  expect(kinds(await notebook.settled(notebook.send("comm_open", open)))).toEqual(["busy", "idle"]);
  await notebook.settled(notebook.send("comm_msg", { comm_id: "c1", data }));
  await notebook.settled(notebook.send("comm_msg", { comm_id: "unknown", data }));
  const refused = await notebook.settled(
    notebook.send("comm_open", { comm_id: "c2", target_name: "nobody" }),
  );
  expect(contentOf(refused, "comm_close")).toEqual({ comm_id: "c2", data: {} });
  const received = notebook.toMain.flatMap((sent) => (sent.type === "comm" ? sent.message : []));
  expect(received).toMatchObject([
    { kind: "comm_open", commId: "c1", targetName: "known", data },
    { kind: "comm_msg", commId: "c1", data },
  ]);
  const info = await notebook.settled(notebook.send("comm_info_request", { target_name: "known" }));
  expect(contentOf(info, "comm_info_reply").comms).toEqual({ c1: { target_name: "known" } });
  await notebook.settled(notebook.send("comm_close", { comm_id: "c1" }));
  const none = await notebook.settled(notebook.send("comm_info_request"));
  expect(contentOf(none, "comm_info_reply").comms).toEqual({});
});

test("shutdown is replied on its channel and on iopub, before the kernel leaves", async () => {
  const notebook = createNotebook();
  const messages = await notebook.settled(
    notebook.send("shutdown_request", { restart: true }, "control"),
  );
  const replies = messages.filter(({ type }) => type === "shutdown_reply");
  expect(replies.map(({ channel }) => channel)).toEqual(["control", "iopub"]);
  expect(replies[0]?.content).toEqual({ status: "ok", restart: true });
  expect(notebook.logged).toEqual(["left"]);
});

test("debug requests are refused politely", async () => {
  const notebook = createNotebook();
  const asked = { type: "request", seq: 7, command: "initialize" };
  const messages = await notebook.settled(notebook.send("debug_request", asked, "control"));
  expect(contentOf(messages, "debug_reply")).toMatchObject({
    type: "response",
    request_seq: 7,
    command: "initialize",
    success: false,
  });
});

test("unknown messages, and cells without code, are ignored", async () => {
  const notebook = createNotebook();
  for (const type of ["foo", "__proto__", "constructor", "status", "execute_reply"]) {
    notebook.send(type);
  }
  notebook.send("execute_request", { code: 5 });
  notebook.send("execute_request", { code: "1" }, "control");
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(notebook.sent).toEqual([]);
  expect(notebook.logged).toHaveLength(7);
});
