import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkpointFiles } from "../storage/checkpoint-files";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-format";
import { memoryCheckpoints } from "./checkpoint-store";
import type { ModelState } from "./model-state";

const STATE: ModelState = {
  weights: [
    { shape: [2, 2], dtype: "float32", data: Float32Array.of(1, -2.5, 1e-30, Number.NaN) },
    { shape: [3], dtype: "bool", data: Uint8Array.of(1, 0, 1) },
    { shape: [], dtype: "int32", data: Int32Array.of(-7) },
    { shape: [0], dtype: "float32", data: new Float32Array(0) },
  ],
  optimizer: {
    iterations_: { kind: "number", value: 12 },
    accBeta1: {
      kind: "tensor",
      value: { shape: [], dtype: "float32", data: Float32Array.of(0.3) },
    },
    moments: {
      kind: "slots",
      names: ["kernel", "größe"],
      values: [
        { shape: [2], dtype: "float32", data: Float32Array.of(5, 6) },
        { shape: [1], dtype: "float32", data: Float32Array.of(7) },
      ],
    },
  },
};

test("states come back as they were, also from bytes in the middle of a buffer", () => {
  const bytes = encodeCheckpoint([STATE, STATE]);
  expect(decodeCheckpoint(bytes)).toEqual([STATE, STATE]);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(decodeCheckpoint(shifted.subarray(3))).toEqual([STATE, STATE]);
  expect(decodeCheckpoint(Buffer.from(shifted.buffer, 3))).toEqual([STATE, STATE]);
});

test("a file that was cut anywhere is refused", () => {
  const bytes = encodeCheckpoint([STATE]);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeCheckpoint(bytes.subarray(0, length))).toThrow(/checkpoint can't be read/);
  }
});

describe.each(["memory", "files"])("checkpoints in %s", (kind) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-checkpoints-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const open = () => (kind === "memory" ? memoryCheckpoints() : checkpointFiles(join(folder, "a")));

  test("are read, replaced, listed and removed", () => {
    const store = open();
    expect(store.read("0001")).toBeUndefined();
    expect(store.ids()).toEqual([]);
    store.write("0001", Uint8Array.of(1));
    store.write("0002", Uint8Array.of(2));
    store.write("0001", Uint8Array.of(3, 4));
    expect([...(store.read("0001") ?? [])]).toEqual([3, 4]);
    expect([...store.ids()].sort()).toEqual(["0001", "0002"]);
    store.remove("0001");
    store.remove("0001");
    expect(store.ids()).toEqual(["0002"]);
  });
});

test("a file that a crash left half written is none, and is replaced", () => {
  const folder = mkdtempSync(join(tmpdir(), "headroom-checkpoints-"));
  try {
    writeFileSync(join(folder, "0001.checkpoint.new"), "half");
    const store = checkpointFiles(folder);
    expect(store.ids()).toEqual([]);
    expect(store.read("0001")).toBeUndefined();
    store.write("0001", Uint8Array.of(1));
    expect(readdirSync(folder)).toEqual(["0001.checkpoint"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
