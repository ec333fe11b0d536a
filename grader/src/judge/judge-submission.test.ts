import { readdirSync, readFileSync } from "node:fs";
import { call, test as declare, equals } from "@headroom/checks";
import { remoteFunction } from "@headroom/checks/judge";
import { describe, expect, test } from "vitest";
import type { Exam } from "../assignment/exam";
import { SandboxError } from "../sandbox/sandbox-error";
import { FORGERIES } from "../testing/attacks/forgeries";
import { FULL, hostileExam, judgeHostile, RIGHT, SHORT, WRONG } from "../testing/hostile";
import { needsSandbox } from "../testing/needs-sandbox";
import { judgeSubmission } from "./judge-submission";

const SLOT = 2 * Number(process.env.VITEST_POOL_ID ?? 1);

needsSandbox();

describe("an honest submission", () => {
  test("earns everything, in one process, without a note", async () => {
    const { score, notes, judgement } = await judgeHostile({}, SLOT);
    expect({ score, notes }).toEqual({ score: FULL, notes: [] });
    expect(judgement).toMatchObject({ processes: 1, timedOut: false });
    expect(judgement?.cells.map(({ id }) => id)).toEqual(["given-setup", "f1-score", "applied"]);
  });

  test("that is wrong earns nothing, and each message says what came", async () => {
    const { score, notes, judgement } = await judgeHostile({ answers: WRONG }, SLOT);
    expect({ score, notes }).toEqual({ score: 0, notes: [] });
    expect(judgement?.exercises[0]).toMatchObject({ id: "f1-score", points: 4, answered: true });
    expect(judgement?.exercises[0]?.tests[1]).toEqual({
      title: "nothing found",
      hidden: false,
      points: 1,
      passed: false,
      message: "nothing found: f1Score(0, 0, 86) should be 0, but came -1. Hint: 0/0 counts as 0.",
      lost: false,
    });
  });

  test("that is partly right earns the points of the tests that pass", async () => {
    const answers = { applied: RIGHT.applied.replace("f(value)", "2 * value") };
    const { score, judgement } = await judgeHostile({ answers }, SLOT);
    expect(score).toBe(5);
    expect(judgement?.exercises.map((exercise) => exercise.score)).toEqual([4, 1]);
  });

  test("that is the same gets the same messages: random numbers are the same for everyone", async () => {
    const messages = async () => {
      const { judgement } = await judgeHostile({ answers: WRONG }, SLOT);
      return judgement?.exercises[0]?.tests.map(({ message }) => message);
    };
    const first = await messages();
    expect(first?.[3]).toMatch(/^never above 1: f1Score\(\d+, \d+, \d+\) came to -1\.$/);
    expect(await messages()).toEqual(first);
  });

  test("with a function of another name is told so", async () => {
    const answers = { "f1-score": RIGHT["f1-score"].replace("f1Score", "score") };
    const { score, judgement } = await judgeHostile({ answers }, SLOT);
    expect(score).toBe(3);
    expect(judgement?.exercises[0]?.tests[0]?.message).toBe(
      "the lecture's classifier: there is no function f1Score: it must keep its name and stand at the top level of a cell.",
    );
  });

  test("that does not compile loses that exercise, and the cell says why", async () => {
    const { score, judgement } = await judgeHostile({ answers: { applied: "function (" } }, SLOT);
    expect(score).toBe(4);
    expect(judgement?.cells[2]?.error?.name).toBe("SyntaxError");
  });
});

describe("an exercise without an answer", () => {
  const STUB = 'function applied(): any {\n  throw new Error("not answered yet");\n}';

  test("earns nothing and is told apart, whatever was changed around the stub", async () => {
    const exam = await hostileExam();
    const stub = exam.exercises[1]?.stub ?? "";
    for (const source of [stub, `\n// later!\n${stub.replaceAll("\n", "  \n\n")}`, "", STUB]) {
      const { judgement, score } = await judgeHostile({ answers: { applied: source } }, SLOT);
      expect(score).toBe(4);
      expect(judgement?.exercises.map(({ answered }) => answered)).toEqual([true, false]);
    }
  });

  test("is not the same as one with a wrong answer", async () => {
    const answers = { applied: `${STUB}\nconst tried = 1;`.replace("not answered", "no clue") };
    const { judgement } = await judgeHostile({ answers }, SLOT);
    expect(judgement?.exercises[1]?.answered).toBe(true);
  });
});

describe("what a program may learn", () => {
  test("no visible message can tell of hidden arguments: visible tests come first", async () => {
    const changes = FORGERIES.find(({ name }) => name === "remembered arguments")?.changes;
    const { judgement } = await judgeHostile(changes, SLOT);
    const tests = judgement?.exercises[0]?.tests ?? [];
    expect(tests.map(({ hidden }) => hidden)).toEqual([false, false, true, true]);
    expect(tests[1]?.message).toContain("I was asked [[68,9,18],[0,0,86]]");
    expect(tests[2]?.message).toContain("[0,0,0]");
  });

  test("nothing of what it prints while it is called is kept", async () => {
    const answers = {
      "f1-score": RIGHT["f1-score"].replace("{", "{ console.log(tp, fp, fn, 'secret');"),
    };
    const { judgement } = await judgeHostile({ answers, after: "console.log('end');" }, SLOT);
    expect(JSON.stringify(judgement)).not.toContain("secret");
    expect(judgement?.cells.at(-1)?.text).toBe("end\n");
  });
});

describe("the judge itself", () => {
  test("no prototype of its own changes, whatever comes back", async () => {
    const changes = FORGERIES.find(({ name }) => name === "__proto__")?.changes;
    await judgeHostile(changes, SLOT);
    expect(({} as Record<string, unknown>).passed).toBeUndefined();
  });

  test("a judgement is whole Unicode, whatever is printed, thrown and returned", async () => {
    const answers = {
      "f1-score": `function f1Score(): any { return "\\ud800\\u0000\\u001b[31m"; }`,
      applied: `console.log("\\udc00"); function applied(): any { throw new Error("\\ud800"); }`,
    };
    const { judgement } = await judgeHostile({ answers }, SLOT);
    const text = JSON.stringify(judgement);
    expect(text).not.toMatch(/(?<!\\)\\u(d[89a-f]|00)/i);
  });

  test("a message is one line, so that none can look like two", async () => {
    const answers = {
      applied: `function applied(): any { throw new Error("no\\n✓ twice as much"); }`,
    };
    const { judgement } = await judgeHostile({ answers }, SLOT);
    expect(judgement?.exercises[1]?.tests[0]?.message).toMatch(/^twice as much: .*no ✓ twice.*$/);
  });

  test("a given cell that fails on its own is the course's fault: no judgement", async () => {
    const exam: Exam = {
      ...(await hostileExam()),
      given: new Map([["given-setup", 'import "no-such-package";']]),
    };
    const cells = [{ id: "given-setup", source: 'import "no-such-package";' }];
    const judging = judgeSubmission(exam, cells, { slot: SLOT, limits: SHORT });
    await expect(judging).rejects.toThrow(SandboxError);
    await expect(judging).rejects.toThrow(/given-setup fails in the sandbox.*no-such-package/);
  });

  test("points of tests that are no binary fractions add up", async () => {
    const points = [0.1, 0.2];
    const f = remoteFunction("f") as () => number;
    const exam: Exam = {
      name: "91-tenths",
      hash: "",
      given: new Map(),
      exercises: [
        {
          id: "f",
          title: "F",
          points: 0.3,
          stub: "",
          functions: ["f"],
          tests: points.map((worth) => ({
            test: declare(`worth ${worth}`, call(f), equals(1), { points: worth }),
            hidden: false,
          })),
        },
      ],
    };
    const cells = [{ id: "f", source: "const f = () => 1;" }];
    const { exercises } = await judgeSubmission(exam, cells, { slot: SLOT, limits: SHORT });
    expect(exercises[0]?.score).toBe(0.3);
  });

  test("a signal stops it at once, and nothing of it is left", async () => {
    const reason = new Error("Ctrl-C");
    const abort = new AbortController();
    const { signal } = abort;
    const marker = `marker-${process.pid}-${SLOT}`;
    const judging = judgeSubmission(
      await hostileExam(),
      [{ id: undefined, source: `process.title = "${marker}"; for (;;);` }],
      { slot: SLOT, limits: { cellSeconds: 60 }, signal },
    );
    await expect.poll(() => running(marker), { timeout: 20_000 }).toBe(true);
    abort.abort(reason);
    await expect(judging).rejects.toBe(reason);
    // The innermost process hears of it a moment after the outermost has gone.
    await expect.poll(() => running(marker)).toBe(false);
    await expect(judgeSubmission(await hostileExam(), [], { signal })).rejects.toBe(reason);
  });

  test("two tests that end the program cost two processes and the rest of their exercise", async () => {
    const answers = { "f1-score": "function f1Score(): number { process.exit(0); }" };
    const { judgement, score } = await judgeHostile({ answers }, SLOT);
    expect({ score, processes: judgement?.processes }).toEqual({ score: 3, processes: 3 });
    expect(judgement?.exercises[0]?.tests.map(({ message }) => message)).toEqual([
      expect.stringContaining("the lecture's classifier: nothing came back: the program ended"),
      expect.stringContaining("nothing found: nothing came back: the program ended"),
      "nothing there: not tried, since other tests ended the program.",
      "never above 1: not tried, since other tests ended the program.",
    ]);
  });

  test("all processes together have their time, and no more than five are started", async () => {
    const before = Array.from({ length: 8 }, () => "process.exit(0);");
    const cells = [...before, RIGHT["f1-score"]].map((source) => ({ id: undefined, source }));
    const ended = await judgeSubmission(await hostileExam(), cells, { slot: SLOT, limits: SHORT });
    expect(ended.processes).toBe(5);
    expect(ended.exercises.flatMap(({ tests }) => tests).every(({ lost }) => lost)).toBe(true);
    expect(ended.cells.at(-1)?.stopped).toBe("it never had its turn");

    const slow = [{ id: undefined, source: "await new Promise((go) => setTimeout(go, 900));" }];
    const late = await judgeSubmission(await hostileExam(), [...slow, ...slow, ...slow], {
      slot: SLOT,
      limits: { ...SHORT, totalSeconds: 2 },
    });
    expect(late.notes.join()).toContain("the whole submission took more than 2 s");
  });
});

function running(title: string): boolean {
  return readdirSync("/proc").some((entry) => {
    try {
      return (
        /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/cmdline`, "latin1").includes(title)
      );
    } catch {
      return false;
    }
  });
}
