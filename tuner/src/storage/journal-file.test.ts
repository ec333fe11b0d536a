import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { StorageError } from "../errors";
import { openJournal, readJournal, studyNames } from "./journal-file";
import { printJson } from "./journal-line";
import type { StudyEvent } from "./study-event";
import { parametersOfAllKinds, studyEvent, valuesOfAllKinds } from "./testing/event-sequences";
import { describeStorage } from "./testing/storage-suite";

const root = mkdtempSync(join(tmpdir(), "journal-"));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const newJournal = (): string => join(root, `${count++}`, "study.log");

describeStorage("journal", () => {
  const path = newJournal();
  return { open: () => openJournal(path), remove: () => {} };
});

/** A trial that starts, is told of a new parameter, reports, is noted and fails: every sort of group of lines. */
const events: readonly StudyEvent[] = [
  studyEvent("s"),
  { type: "space", parameters: parametersOfAllKinds.slice(0, 3) },
  { type: "start", trial: 0, worker: "0", values: valuesOfAllKinds, seedState: 1, at: 1_000 },
  { type: "report", trial: 0, step: 0, metrics: { accuracy: Number.NaN } },
  { type: "space", parameters: parametersOfAllKinds.slice(3) },
  { type: "attributes", trial: 0, attributes: { a: 1, ü: [null] } },
  { type: "end", trial: 0, status: "INVALID", at: 2_000 },
  { type: "start", trial: 0, worker: "0", values: valuesOfAllKinds, seedState: 1, at: 3_000 },
  { type: "end", trial: 0, status: "FAILED", message: "it burst", at: 4_000 },
];

function write(path: string, list: readonly StudyEvent[]): void {
  const journal = openJournal(path);
  for (const event of list) journal.append(event);
  journal.close();
}

/** The text without the lines' writers, whose names are new each time. */
function textOf(path: string): string {
  return readFileSync(path, "utf8").replaceAll(/"worker_id":"[^"]*"/g, "");
}

function errorOf(body: () => unknown): StorageError {
  try {
    body();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("openJournal", () => {
  it("heals a file wherever it was cut off: whole events stay, and Optuna is told all of them", () => {
    const whole = newJournal();
    const writer = openJournal(whole);
    const texts = events.map((event) => {
      writer.append(event);
      return textOf(whole);
    });
    writer.close();
    const bytes = readFileSync(whole);
    const path = newJournal();
    openJournal(path).close();
    // Every byte of the last event's lines, the bytes around every line's end, some of the others.
    const last = bytes.length - 700;
    const lengths = [...bytes.keys()].filter(
      (at) =>
        at > last || at % 29 === 0 || bytes.subarray(Math.max(0, at - 2), at + 1).includes(10),
    );
    for (const length of lengths) {
      writeFileSync(path, bytes.subarray(0, length));
      const journal = openJournal(path);
      const kept = journal.load();
      expect(printJson(kept)).toBe(printJson(events.slice(0, kept.length)));
      // Of a study without its first event, the line that names it may stay.
      if (kept.length > 0) expect(textOf(path)).toBe(texts[kept.length - 1]);
      for (const event of events.slice(kept.length)) journal.append(event);
      expect(textOf(path)).toBe(texts.at(-1));
      journal.close();
    }
  });

  it("says what it mended", () => {
    const path = newJournal();
    write(path, events.slice(0, 3));
    appendFileSync(path, '{"op_code":9');
    const journal = openJournal(path);
    journal.close();
    expect(journal.repaired).toContain("cut away 12 bytes");
    const again = openJournal(path);
    again.close();
    expect(again.repaired).toBeUndefined();
  });

  it("takes zero bytes at the end, which a power failure may leave, for a torn line", () => {
    const path = newJournal();
    write(path, events);
    appendFileSync(path, Buffer.alloc(100));
    expect(readJournal(path)).toStrictEqual(events);
    openJournal(path).close();
    expect(readFileSync(path).includes(0)).toBe(false);
  });

  it.each([
    ["no JSON", "{]", "line 3"],
    ["an empty line", "", "line 3"],
    ["an unknown operation", '{"op_code":11,"worker_id":"x"}', "op_code is 11"],
    ["a field of a wrong type", '{"op_code":7,"worker_id":"x","trial_id":"0"}', 'trial_id is "0"'],
    [
      "an event of a newer version",
      '{"op_code":3,"worker_id":"x","study_id":0,"system_attr":{"headroom:event":{"type":"new"}}}',
      "newer version",
    ],
  ])("names file and line of damage before the last line: %s", (_what, line, reason) => {
    const path = newJournal();
    write(path, events);
    const lines = readFileSync(path, "utf8").split("\n");
    const damaged = [...lines.slice(0, 2), line, ...lines.slice(2)].join("\n");
    writeFileSync(path, damaged);
    for (const open of [openJournal, readJournal]) {
      const error = errorOf(() => open(path));
      expect(error.code).toBe("damaged-journal");
      expect(error.message).toContain(`${path}, line 3`);
      expect(error.message).toContain(reason);
    }
    expect(readFileSync(path, "utf8")).toBe(damaged);
    expect(existsSync(`${path}.writer`)).toBe(false);
  });

  it("names bytes that are no text as damage", () => {
    const path = newJournal();
    write(path, events);
    const bytes = readFileSync(path);
    bytes[20] = 0xff;
    writeFileSync(path, bytes);
    expect(errorOf(() => openJournal(path)).message).toContain("line 1");
  });

  it("keeps several studies in a file, each with its own trials", () => {
    const path = newJournal();
    const other = [studyEvent("other", true), ...events.slice(1)];
    const first = openJournal(path, { studyName: "s" });
    for (const event of events.slice(0, 4)) first.append(event);
    first.close();
    const second = openJournal(path, { studyName: "other" });
    for (const event of other) second.append(event);
    second.close();
    const again = openJournal(path, { studyName: "s" });
    for (const event of events.slice(4)) again.append(event);
    again.close();
    expect(readJournal(path, { studyName: "s" })).toStrictEqual(events);
    expect(readJournal(path, { studyName: "other" })).toStrictEqual(other);
    expect(studyNames(path)).toEqual(["s", "other"]);
    const unnamed = errorOf(() => openJournal(path));
    expect(unnamed.code).toBe("several-studies");
    expect(unnamed.message).toContain('"s", "other"');
  });

  it("refuses a study event under another name than it was opened for", () => {
    const journal = openJournal(newJournal(), { studyName: "t" });
    expect(errorOf(() => journal.append(studyEvent("s"))).code).toBe("other-study");
    journal.close();
  });

  it("refuses events of a study or a trial that is not there", () => {
    const journal = openJournal(newJournal());
    const draws: StudyEvent = { type: "draws", seedState: 1 };
    expect(errorOf(() => journal.append(draws)).code).toBe("unknown-study");
    journal.append(studyEvent("s"));
    const report: StudyEvent = { type: "report", trial: 7, step: 0, metrics: {} };
    expect(errorOf(() => journal.append(report)).code).toBe("unknown-trial");
    expect(journal.load()).toStrictEqual([studyEvent("s")]);
    journal.close();
    expect(errorOf(() => journal.append(draws)).code).toBe("closed");
  });

  it.each([
    ["replaced by a shorter one", (path: string) => writeFileSync(path, "")],
    ["deleted", (path: string) => rmSync(path)],
  ])("notices that the file was %s", (_what, harm) => {
    const path = newJournal();
    const journal = openJournal(path);
    for (const event of events) journal.append(event);
    harm(path);
    const error = errorOf(() => journal.append({ type: "draws", seedState: 1 }));
    expect(error.code).toBe("replaced-journal");
    journal.close();
  });

  it("says why a path can't be opened", () => {
    const error = errorOf(() => openJournal(join("/dev/null", "study.log")));
    expect(error.code).toBe("no-access");
    expect(error.message).toContain("/dev/null");
  });
});

describe("readJournal", () => {
  it("reads whole events while another writes, and changes nothing", () => {
    const path = newJournal();
    const journal = openJournal(path);
    for (const [index, event] of events.entries()) {
      journal.append(event);
      expect(readJournal(path)).toStrictEqual(events.slice(0, index + 1));
    }
    appendFileSync(path, '{"op_code":');
    const before = readFileSync(path, "utf8");
    expect(readJournal(path)).toStrictEqual(events);
    expect(readFileSync(path, "utf8")).toBe(before);
    journal.close();
  });

  it("says what is missing", () => {
    const path = newJournal();
    expect(errorOf(() => readJournal(path)).code).toBe("no-journal");
    openJournal(path).close();
    expect(errorOf(() => readJournal(path)).message).toContain("no study yet");
    write(path, events);
    const error = errorOf(() => readJournal(path, { studyName: "t" }));
    expect(error.message).toContain('no study t, but "s"');
  });
});
