import { expect, test } from "vitest";
import { formatFrame, parseStack } from "./stack-frames";

const parse = (lines: string, message = "m") => parseStack(`Error: ${message}\n${lines}`, message);
const place = (line: number, column: number) => ({ line, column });

test.each([
  ["at In[3]:2:7", { name: "", file: "In[3]", place: place(2, 7) }],
  ["at f (In[3]:2:7)", { name: "f", file: "In[3]", place: place(2, 7) }],
  ["at async f (In[3]:2:7)", { name: "async f", file: "In[3]", place: place(2, 7) }],
  ["at async In[3]:1:1", { name: "async", file: "In[3]", place: place(1, 1) }],
  ["at new A (In[1]:1:1)", { name: "new A", file: "In[1]", place: place(1, 1) }],
  ["at Array.map (<anonymous>)", { name: "Array.map (<anonymous>)", file: "", place: place(0, 0) }],
  ["at A.b [as c] (/x/y z.ts:1:2)", { name: "A.b [as c]", file: "/x/y z.ts", place: place(1, 2) }],
  ["at node:fs:1:2", { name: "", file: "node:fs", place: place(1, 2) }],
])("%s", (text, frame) => {
  expect(parse(`    ${text}`)).toEqual([frame]);
  expect(formatFrame(frame)).toBe(text);
});

test.runIf(process.platform !== "win32")("file URLs become paths, without their query", () => {
  const [frame] = parse("    at f (file:///x/y%20z.ts?v=3:12:5)");
  expect(frame).toEqual({ name: "f", file: "/x/y z.ts", place: place(12, 5) });
});

test("lines of the message that look like frames are none", () => {
  const message = "first\n    at second (In[1]:1:1)";
  expect(parse("    at f (In[2]:3:4)", message)).toEqual([
    { name: "f", file: "In[2]", place: place(3, 4) },
  ]);
});

test("an empty stack has no frames", () => {
  expect(parseStack("", "")).toEqual([]);
  expect(parseStack("Error", "")).toEqual([]);
});
