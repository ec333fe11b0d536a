import { expect, test } from "vitest";
import { createMainInspector } from "./main-inspector";

test("once closed, it connects no more, and nothing answers", async () => {
  const inspector = createMainInspector();
  inspector.close();
  // On this thread a connection would throw.
  expect(await inspector.ask("1", 1000)).toBeUndefined();
  expect(await inspector.usedHeap(1000)).toBeUndefined();
});
