import { expect, test } from "vitest";
import { createCellRecords } from "./cell-records";

const request = {
  channel: "shell",
  message: {
    identities: [],
    header: { msg_id: "1", msg_type: "execute_request" },
    parentHeader: {},
    metadata: {},
    content: {},
    buffers: [],
  },
} as const;
const record = (id: number) => ({
  id,
  label: `In[${id}]`,
  request,
  silent: false,
  allowStdin: false,
});
const source = (code: string) => ({
  code,
  toSource: (place: { line: number; column: number }) => place,
});

test("output of a cell that is not known belongs to the one that began last", () => {
  const records = createCellRecords();
  expect(records.get(0)).toBeUndefined();
  records.add(record(1));
  records.add(record(2));
  expect(records.get(1)?.id).toBe(1);
  expect(records.get(0)?.id).toBe(2);
});

test("10,000 cells are remembered, the oldest are forgotten", () => {
  const records = createCellRecords();
  for (let id = 1; id <= 10_050; id++) records.add(record(id));
  expect(records.get(51)?.id).toBe(51);
  expect(records.get(50)?.id).toBe(10_050);
});

test("about 16 million units of text are remembered; the last cell always", () => {
  const records = createCellRecords();
  const half = "x".repeat(9 << 20);
  records.addSource("In[1]", source(half));
  records.addSource("In[2]", source(half));
  expect(records.source("In[1]")).toBeUndefined();
  expect(records.source("In[2]")?.code).toHaveLength(half.length);
  records.addSource("In[3]", source("x".repeat(20 << 20)));
  expect(records.source("In[2]")).toBeUndefined();
  expect(records.source("In[3]")).toBeDefined();
});

test("a text that replaces another one counts once", () => {
  const records = createCellRecords();
  records.addSource("In[1]", source("first"));
  for (let turn = 0; turn < 40; turn++) records.addSource("In[2]", source("x".repeat(1 << 20)));
  expect(records.source("In[1]")).toBeDefined();
});
