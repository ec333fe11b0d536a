import { expect, test } from "vitest";
import { hideKernelFrames } from "./stack-frames";

const FOLDER = "/opt/kernel/dist/";

test("frames of the kernel and of Node's inside are left out, those of users are kept", () => {
  const stack = [
    "Error: x",
    "    at f (In[3]:2:7)",
    "    at Object.readSync (node:fs:1:2)",
    "    at new Promise (<anonymous>)",
    "    at run (/opt/kernel/dist/evaluation/evaluator.js:1:2)",
    "    at Session.post (node:inspector:127:3)",
    "    at node:internal/main/worker:1:1",
    "    at /home/ada/kernel/dist/own.js:1:1",
  ].join("\n");
  expect(hideKernelFrames(stack, FOLDER)).toBe(
    [
      "Error: x",
      "    at f (In[3]:2:7)",
      "    at Object.readSync (node:fs:1:2)",
      "    at /home/ada/kernel/dist/own.js:1:1",
    ].join("\n"),
  );
});

test("the brace before an error's properties stays", () => {
  const text = "Error: x\n    at In[3]:2:7\n    at /opt/kernel/dist/a.js:1:1 {\n  code: 'E'\n}";
  expect(hideKernelFrames(text, FOLDER)).toBe("Error: x\n    at In[3]:2:7 {\n  code: 'E'\n}");
});

test("promises of users are kept", () => {
  const stack = "Error\n    at In[1]:1:9\n    at new Promise (<anonymous>)\n    at In[1]:1:1";
  expect(hideKernelFrames(`${stack}\n    at ${FOLDER}a.js:1:1`, FOLDER)).toBe(stack);
});

test("text that only mentions them is left alone", () => {
  const text = "look at /opt/kernel/dist/a.js\nimport x from 'node:internal/y'";
  expect(hideKernelFrames(text, FOLDER)).toBe(text);
});
