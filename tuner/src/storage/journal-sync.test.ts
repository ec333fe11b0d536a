import fs, { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { randomSearch } from "../oracles/random-search";
import { Study } from "../study/study";
import { checkpointFiles } from "./checkpoint-files";
import { openJournal } from "./journal-file";

let folder: string;
let sync: MockInstance<typeof fs.fsyncSync>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-sync-"));
  sync = vi.spyOn(fs, "fsyncSync");
  // What imports the function by name sees the other one, too, and afterwards the real one again.
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true });
});

test("the end of a trial is brought to the disk, and what was put off when the study is closed", () => {
  const storage = openJournal(join(folder, "journal.log"));
  const oracle = randomSearch({ maxTrials: 3, seed: 1 });
  const objectives = { name: "score", direction: "max" } as const;
  const study = new Study({ oracle, objectives, storage });
  const run = () => {
    const answer = study.ask();
    if (answer.status !== "RUNNING") throw new Error(answer.status);
    study.hyperparameters(answer.trial.id).float("x", { min: 0, max: 1 });
    study.report(answer.trial.id, { score: 1 });
    return () => study.end(answer.trial.id, { status: "COMPLETED" });
  };
  const end = run();
  expect(sync).not.toHaveBeenCalled();
  end();
  expect(sync).toHaveBeenCalledTimes(1);
  // At once after the other: the disk is not waited for again.
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  run()();
  expect(sync).toHaveBeenCalledTimes(1);
  clock.mockRestore();
  storage.close();
  expect(sync).toHaveBeenCalledTimes(2);
});

test("a disk that fails is a StorageError, and the study can be closed all the same", () => {
  const storage = openJournal(join(folder, "journal.log"));
  const study = { oracle: randomSearch({ maxTrials: 3, seed: 1 }), objectives: "val_loss" };
  const search = new Study({ ...study, storage });
  const answer = search.ask();
  if (answer.status !== "RUNNING") throw new Error(answer.status);
  sync.mockImplementation(() => {
    throw new Error("EIO: i/o error");
  });
  const end = () => search.end(answer.trial.id, { status: "FAILED", message: "" });
  expect(end).toThrow(/can't be brought to the disk: EIO/);
  expect(() => storage.close()).toThrow(/EIO/);
  sync.mockImplementation(() => {});
  const again = openJournal(join(folder, "journal.log"));
  expect(new Study({ ...study, oracle: search.oracle, storage: again }).trials).toHaveLength(1);
  again.close();
});

test("a checkpoint is on the disk before it has its name", () => {
  const store = checkpointFiles(join(folder, "checkpoints"));
  sync.mockImplementation(() => expect(store.ids()).toEqual([]));
  store.write("0000", new Uint8Array([1, 2, 3]));
  expect(sync).toHaveBeenCalledTimes(1);
  expect(store.ids()).toEqual(["0000"]);
  expect(store.read("0000")).toEqual(Buffer.from([1, 2, 3]));
});
