import { expect, test } from "vitest";
import { createExecutionQueue } from "./execution-queue";

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

function queue() {
  const done: string[] = [];
  const errors: unknown[] = [];
  const clock = { now: 0 };
  const made = createExecutionQueue(
    (error) => errors.push(error),
    () => clock.now,
  );
  const cell = (name: string, work: () => Promise<void> = turn) => ({
    run: async () => {
      done.push(`begin ${name}`);
      await work();
      done.push(`end ${name}`);
    },
    abort: () => {
      done.push(`abort ${name}`);
    },
  });
  const comm = (name: string) => ({ run: cell(name).run });
  return { made, done, errors, cell, comm, clock };
}

test("work runs one after the other, in order", async () => {
  const { made, done, cell } = queue();
  for (const name of ["a", "b"]) made.add(cell(name));
  await turn();
  made.add(cell("c"));
  while (done.length < 6) await turn();
  expect(done).toEqual(["begin a", "end a", "begin b", "end b", "begin c", "end c"]);
});

test("aborting ends the cells that wait, in their turn; comms and later cells run", async () => {
  const { made, done, cell, comm } = queue();
  made.add(cell("a", async () => made.abortWaiting()));
  // The first one began at once, before the others were there.
  await turn();
  done.length = 0;
  made.add(
    cell("b", async () => {
      await turn();
      made.abortWaiting();
      made.add(cell("late"));
    }),
  );
  made.add(cell("c"));
  made.add(comm("comm"));
  made.add(cell("d"));
  while (done.length < 8) await turn();
  expect(done).toEqual([
    ...["begin b", "end b", "abort c", "begin comm", "end comm", "abort d"],
    ...["begin late", "end late"],
  ]);
});

test("work that throws is told, and the next runs", async () => {
  const { made, done, errors, cell } = queue();
  made.add(cell("a", () => Promise.reject(new Error("broken"))));
  made.add(cell("b"));
  while (!done.includes("end b")) await turn();
  expect(String(errors)).toBe("Error: broken");
});

test("a cell that was on its way when one failed is aborted, one that was sent later runs", async () => {
  const { made, done, cell, clock } = queue();
  clock.now = 1000;
  made.abortWaiting();
  clock.now = 1020;
  made.add({ ...cell("sent before"), sentAt: 990 });
  made.add({ ...cell("sent after"), sentAt: 1001 });
  made.add({ ...cell("sent at once after"), sentAt: 999 });
  made.add(cell("unknown"));
  while (!done.includes("end unknown")) await turn();
  expect(done.filter((text) => !text.startsWith("end"))).toEqual([
    "abort sent before",
    "begin sent after",
    "begin sent at once after",
    "begin unknown",
  ]);
});

test("long after a failure no clock is believed", async () => {
  const { made, done, cell, clock } = queue();
  clock.now = 1000;
  made.abortWaiting();
  clock.now = 6000;
  made.add({ ...cell("a"), sentAt: 10 });
  while (!done.includes("end a")) await turn();
});
