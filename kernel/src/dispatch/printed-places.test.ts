import { expect, test } from "vitest";
import { toPrintedPlaces, withPrintedPlaces } from "./printed-places";

const source = (label: string) =>
  label === "In[3]"
    ? {
        code: "",
        toSource: ({ line, column }: { line: number; column: number }) => ({
          line,
          column: column - 20,
        }),
      }
    : undefined;

test("frames in cells get the places of the cell's own text, others stay", () => {
  const text = [
    "Error: logged",
    "    at f (In[3]:3:33)",
    "    at async In[3]:4:21",
    "    at g (In[9]:3:33)",
    "    at h (/x/y.ts:3:33)",
    "",
  ].join("\n");
  expect(toPrintedPlaces(text, source)).toBe(
    [
      "Error: logged",
      "    at f (In[3]:3:13)",
      "    at async In[3]:4:1",
      "    at g (In[9]:3:33)",
      "    at h (/x/y.ts:3:33)",
      "",
    ].join("\n"),
  );
});

test("what only mentions a place is left alone", () => {
  const text = "see In[3]:3:33\n    at noon, In[3]:3:33 it was\n";
  expect(toPrintedPlaces(text, source)).toBe(text);
});

test("the plain text of a result is mapped, other formats stay", () => {
  const data = { "text/plain": "Error: x\n    at In[3]:1:21", "text/html": "    at In[3]:1:21" };
  expect(withPrintedPlaces({ data, metadata: {} }, source).data).toEqual({
    "text/plain": "Error: x\n    at In[3]:1:1",
    "text/html": "    at In[3]:1:21",
  });
});
