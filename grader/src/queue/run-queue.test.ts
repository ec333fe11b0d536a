import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Judgement } from "../judge/judgement";
import { SandboxError } from "../sandbox/sandbox-error";
import { SmallCourse } from "../testing/small-course";
import { readVerdict, readVerdicts } from "./course-files";
import type { Examiner, Seat } from "./examiner";
import { progressLine } from "./progress-line";
import { type Progress, QueueError, type QueueOptions, runQueue } from "./run-queue";

let small: SmallCourse;
beforeEach(() => {
  small = new SmallCourse();
});
afterEach(() => small.remove());

const BODIES = { ann: "return x / 2;", bob: "return x;", cat: "return 0;", dan: "return x * 0.5;" };

function judgement(score: number, rest: Partial<Judgement> = {}): Judgement {
  const tests = [0, 1].map((i) => {
    const passed = i < score;
    return { title: `${i}`, hidden: i === 1, points: 1, passed, message: `${i}`, lost: false };
  });
  return {
    exercises: [{ id: "half", points: 2, score, answered: true, tests }],
    cells: [],
    notes: [],
    timedOut: false,
    processes: 1,
    milliseconds: 300,
    ...rest,
  };
}

/** Full marks for a half, else none; `judged` lists whose answers came. */
class FakeExaminer implements Examiner {
  assignment = small.assignment;
  hash = "first tests";
  maximum = 2;
  prepared = 0;
  readonly judged: string[] = [];

  async prepare() {
    this.prepared++;
  }

  async judge(cells: Parameters<Examiner["judge"]>[0], seat: Seat): Promise<Judgement> {
    const source = cells.map(({ source }) => source).join("\n");
    const [, body = "stub"] = /{\n {2}(return .*)\n/.exec(source) ?? [];
    this.judged.push(body);
    return this.answer(body, seat);
  }

  answer(body: string, _seat: Seat): Judgement | Promise<Judgement> {
    return judgement(body.includes("/ 2") || body.includes("0.5") ? 2 : 0);
  }

  knownWrongAnswers({ exercises }: Judgement) {
    return exercises[0]?.score === 0 ? [{ exercise: "half", name: "not halved" }] : [];
  }
}

function run(examiner: Examiner, options: Partial<QueueOptions> = {}) {
  return runQueue(examiner, { course: small.folder, jobs: 2, ...options });
}

function handInAll() {
  for (const [student, body] of Object.entries(BODIES)) small.handIn(student, body);
}

/** Every file below the course, by its path. */
function filesIn(folder: string): string[] {
  return readdirSync(join(small.folder, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(json|ipynb|txt)$|unfinished/.test(name))
    .sort();
}

test("everyone gets a verdict, and a clean notebook for nbgrader", async () => {
  handInAll();
  const grading = await run(new FakeExaminer());
  expect(grading).toMatchObject({ judged: 4, repeated: 0, left: 0, odd: [] });
  const scores = grading.verdicts.map(({ student, score }) => [student, score]);
  expect(scores).toEqual(Object.entries({ ann: 2, bob: 0, cat: 0, dan: 2 }));
  expect(readVerdicts(small.folder, small.name)).toEqual(grading.verdicts);
  expect(readVerdict(small.folder, small.name, "bob")).toMatchObject({
    version: 1,
    exam: "first tests",
    submission: expect.stringMatching(/^[0-9a-f]{64}$/),
    maximum: 2,
    wrongAnswers: [{ exercise: "half", name: "not halved" }],
  });
  expect(filesIn("verdicts")).toHaveLength(4);
  expect(filesIn("intake")).toContain(join("ann", small.name, `${small.name}.ipynb`));
});

test("nothing is judged twice, unless it is asked for, handed in anew, or the tests have changed", async () => {
  handInAll();
  const first = new FakeExaminer();
  await run(first);
  expect(first.prepared).toBe(1);

  const second = new FakeExaminer();
  expect((await run(second)).verdicts).toHaveLength(4);
  expect([second.judged, second.prepared]).toEqual([[], 0]);

  small.handIn("bob", "return x / 2; // now");
  await run(second);
  expect(second.judged).toEqual(["return x / 2; // now"]);
  expect(readVerdict(small.folder, small.name, "bob")?.score).toBe(2);

  const again = new FakeExaminer();
  expect((await run(again, { again: true })).judged).toBe(4);

  const corrected = new FakeExaminer();
  corrected.hash = "corrected tests";
  expect((await run(corrected, { students: ["ann"] })).judged).toBe(1);
  expect((await run(corrected)).judged).toBe(3);
});

test("a clean notebook that is gone is made again", async () => {
  small.handIn("ann", BODIES.ann);
  await run(new FakeExaminer());
  const { rmSync } = await import("node:fs");
  rmSync(join(small.folder, "intake"), { recursive: true });
  expect((await run(new FakeExaminer())).judged).toBe(1);
});

test("what can't be read gets a verdict that says why, and does not stop the others", async () => {
  handInAll();
  small.handInText("eve", "{ not JSON");
  mkdirSync(small.submitted("fay"), { recursive: true });
  writeFileSync(join(small.submitted("fay"), "homework.ipynb"), "{}");
  mkdirSync(small.submitted("gus"), { recursive: true });
  symlinkSync("/etc/passwd", join(small.submitted("gus"), `${small.name}.ipynb`));
  mkdirSync(join(small.folder, "submitted", "hal"));
  symlinkSync(small.submitted("ann"), small.submitted("hal"));
  symlinkSync(join(small.folder, "submitted", "ann"), join(small.folder, "submitted", "ida"));
  writeFileSync(join(small.folder, "submitted", "notes.txt"), "");
  for (const name of ["x".repeat(201), "\u001b[2J"]) small.handIn(name, BODIES.ann);

  const examiner = new FakeExaminer();
  const { verdicts, odd } = await run(examiner);
  expect(examiner.judged).toHaveLength(4);
  expect(odd).toEqual([
    "submitted/[2J has a name that is no text: left out.",
    "submitted/ida is no folder: left out.",
    "submitted/notes.txt is no folder: left out.",
    `submitted/${"x".repeat(39)}… has too long a name: left out.`,
  ]);
  const bad = verdicts.filter(({ unreadable }) => unreadable !== undefined);
  expect(bad.map(({ student, score }) => [student, score])).toEqual([
    ["eve", 0],
    ["fay", 0],
    ["gus", 0],
    ["hal", 0],
  ]);
  expect(bad[1]?.unreadable).toContain("the folder holds homework.ipynb");
  expect(bad[2]?.unreadable).toMatch(/link/);
  expect(bad[3]?.unreadable).toMatch(/link/);
  expect(existsSync(join(small.folder, "intake", "eve", small.name, `${small.name}.ipynb`))).toBe(
    true,
  );
  expect((await run(new FakeExaminer())).judged).toBe(0);
});

test.runIf(process.platform === "linux")("a folder whose name is no text is told of", async () => {
  const name = Buffer.from(`${small.folder}/submitted/\xff/${small.name}`, "latin1");
  mkdirSync(name, { recursive: true });
  expect((await run(new FakeExaminer())).odd).toEqual([
    "submitted/\uFFFD has a name that is no text: left out.",
  ]);
});

test("a sandbox that can't be had stops the queue and leaves no verdict, above all no 0", async () => {
  handInAll();
  const examiner = new FakeExaminer();
  examiner.answer = async (body, { signal }) => {
    if (body === BODIES.bob) throw new SandboxError("no-sandbox", "bwrap is missing", "install it");
    if (body !== BODIES.ann) return judgement(2);
    await wait(60_000, undefined, { signal });
    return judgement(2);
  };
  await expect(run(examiner)).rejects.toThrow(/bwrap is missing\nCure: install it/);
  expect(readVerdicts(small.folder, small.name)).toEqual([]);
  expect((await run(new FakeExaminer())).judged).toBe(4);
});

test("where the judge itself breaks, there is no verdict, above all no 0, and the others go on", async () => {
  handInAll();
  const examiner = new FakeExaminer();
  examiner.answer = (body) => {
    if (body === BODIES.bob) throw new TypeError("nobody thought of this");
    return judgement(2);
  };
  const grading = await run(examiner);
  expect(grading).toMatchObject({ judged: 3, left: 0 });
  expect(grading.failed).toEqual([
    { student: "bob", error: new TypeError("nobody thought of this") },
  ]);
  expect(readVerdict(small.folder, small.name, "bob")).toBeUndefined();
  expect((await run(new FakeExaminer())).judged).toBe(1);
});

test("a disk that can't be written stops the queue", async () => {
  handInAll();
  const examiner = new FakeExaminer();
  examiner.answer = () => {
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { syscall: "write" });
  };
  await expect(run(examiner)).rejects.toThrow("no space left");
});

test("stopped, it keeps what is done and says what is left", async () => {
  handInAll();
  const stop = new AbortController();
  const examiner = new FakeExaminer();
  examiner.answer = async (body, { signal }) => {
    if (body === BODIES.cat) stop.abort();
    await wait(body === BODIES.ann ? 0 : 60_000, undefined, { signal });
    return judgement(2);
  };
  const grading = await run(examiner, { signal: stop.signal });
  expect(grading).toMatchObject({ judged: 1, left: 3 });
  expect(filesIn("verdicts")).toEqual([join(small.name, "ann.json")]);
  expect((await run(new FakeExaminer())).judged).toBe(3);
});

test("what ran out of time beside others is judged once more, alone, and the better result counts", async () => {
  handInAll();
  const examiner = new FakeExaminer();
  let atWork = 0;
  const alone: string[] = [];
  const tries = new Map<string, number>();
  examiner.answer = async (body) => {
    atWork++;
    await wait(5);
    const attempt = (tries.get(body) ?? 0) + 1;
    tries.set(body, attempt);
    if (attempt === 2 && atWork === 1) alone.push(body);
    atWork--;
    if (body === BODIES.ann) return judgement(attempt === 1 ? 0 : 2, { timedOut: attempt === 1 });
    if (body === BODIES.bob) return judgement(attempt === 1 ? 1 : 0, { timedOut: true });
    return judgement(2);
  };
  const { verdicts, repeated } = await run(examiner);
  expect(repeated).toBe(2);
  expect(alone).toEqual([BODIES.ann, BODIES.bob]);
  expect(verdicts.map(({ score }) => score)).toEqual([2, 1, 2, 2]);
});

test("alone from the beginning, nothing is repeated", async () => {
  small.handIn("ann", BODIES.ann);
  const examiner = new FakeExaminer();
  examiner.answer = () => judgement(0, { timedOut: true });
  expect(await run(examiner, { jobs: 1 })).toMatchObject({ judged: 1, repeated: 0 });
});

test("the time of handing in goes with the notebook; another one alone is entered without judging", async () => {
  small.handIn("ann", BODIES.ann);
  const stamp = join(small.submitted("ann"), "timestamp.txt");
  const kept = join(small.folder, "intake", "ann", small.name, "timestamp.txt");
  writeFileSync(stamp, "2026-11-23 08:04:50.123456 UTC");
  await run(new FakeExaminer());
  expect(readVerdict(small.folder, small.name, "ann")?.submittedAt).toBe(
    "2026-11-23T08:04:50.000Z",
  );
  expect(readFileSync(kept, "utf8")).toBe("2026-11-23 08:04:50.000 UTC\n");

  writeFileSync(stamp, "2026-11-24 08:04:50 UTC");
  expect((await run(new FakeExaminer())).judged).toBe(0);
  expect(readVerdict(small.folder, small.name, "ann")?.submittedAt).toBe(
    "2026-11-24T08:04:50.000Z",
  );
  expect(readFileSync(kept, "utf8")).toBe("2026-11-24 08:04:50.000 UTC\n");

  writeFileSync(stamp, "as soon as I could");
  await run(new FakeExaminer(), { again: true });
  expect(existsSync(kept)).toBe(false);
  expect(readVerdict(small.folder, small.name, "ann")?.notes).toEqual([
    "timestamp.txt states no time in nbgrader's form",
  ]);
});

test("a file that a kill left half written is no verdict, and is cleared away", async () => {
  handInAll();
  await run(new FakeExaminer());
  const folder = join(small.folder, "verdicts", small.name);
  writeFileSync(join(folder, "ann.json"), '{"version": 1, "student": "ann"');
  writeFileSync(join(folder, ".bob.json.1234.unfinished"), '{"version"');
  const examiner = new FakeExaminer();
  expect((await run(examiner)).judged).toBe(1);
  expect(examiner.judged).toEqual([BODIES.ann]);
  expect(filesIn("verdicts")).toHaveLength(4);
});

test("a student who has handed in nothing is named, with those who have", async () => {
  handInAll();
  const run1 = run(new FakeExaminer(), { students: ["ann", "zoe"] });
  await expect(run1).rejects.toThrow(QueueError);
  await expect(run1).rejects.toThrow(
    "zoe has handed in no 01-halves. Handed in by: ann, bob, cat, dan.",
  );
  expect(await run(new FakeExaminer(), { students: [] })).toMatchObject({ judged: 0 });
});

test("a class that has handed in nothing is graded", async () => {
  expect(await run(new FakeExaminer())).toMatchObject({ verdicts: [], judged: 0, odd: [] });
});

test("progress tells whose, how many of how many, the time left, and what was noticed", async () => {
  handInAll();
  small.handInText("eve", "{ not JSON");
  const examiner = new FakeExaminer();
  examiner.answer = () => judgement(1, { notes: ["sent\u001b[2J answers\nbefore it was asked"] });
  const all: Progress[] = [];
  await run(examiner, { jobs: 1, onProgress: (progress) => all.push(progress) });
  expect(all.map(({ done, total }) => [done, total])).toEqual([1, 2, 3, 4, 5].map((n) => [n, 5]));
  const [first, last] = [all[0], all[4]] as [Progress, Progress];
  expect(progressLine({ ...first, milliseconds: 20_000 })).toBe(
    "1/5  ann               1 of 2       0.3 s    3 a minute  1 min 20 s left  - sent [2J answers before it was asked",
  );
  expect(progressLine({ ...last, milliseconds: 59_600 })).toMatch(
    /^5\/5 {2}eve {15}unreadable {12}5 a minute {2}1 min 0 s in all {2}- .+JSON/,
  );
});
