import { expect, test } from "vitest";
import { sampleClass, sampleJudgement, sampleVerdict } from "../testing/sample-class";
import { classPage } from "./class-page";
import type { ClassRow, GradebookEntry } from "./class-result";
import { classTable } from "./class-table";
import { explanation } from "./explanation";
import { exerciseStatistics, hardestExercise } from "./statistics";

const ATTACK = `</title></style></svg><script>alert(1)</script><img src=x onerror="alert(2)">'"&`;
const ALL = ["f1 0", "f1 1", "recall 0", "recall 1"];

function entry(student: string, rest: Partial<GradebookEntry> = {}): GradebookEntry {
  const manual = [{ id: "why-f1", maximum: 2, score: null }];
  return { student, total: 1, maximum: 8, manual, latePenalty: 0, secondsLate: 0, ...rest };
}

const ROWS: ClassRow[] = [
  { verdict: sampleVerdict("ann", { judgement: sampleJudgement(ALL) }) },
  {
    verdict: sampleVerdict("bob", {
      submittedAt: "2026-11-23T08:04:50.000Z",
      wrongAnswers: [{ exercise: "recall", name: "precision" }],
      notes: ["cell 3 was ended after 10 s"],
    }),
    entry: entry("bob", { secondsLate: 5400, latePenalty: 1 }),
  },
  { verdict: sampleVerdict("cat", { judgement: null, unreadable: "it is no JSON" }) },
];

test("the table has a row a student, empty fields for what is not there", () => {
  const [header, ...rows] = classTable(sampleClass(ROWS)).trim().split("\r\n");
  expect(header).toBe(
    "\uFEFFstudent,handed in,hours late,f1 (3),recall (3),why-f1 (2),by tests,late penalty,total,maximum,to be marked by hand,wrong answers,notes".trim(),
  );
  expect(rows).toEqual([
    "ann,,,3,3,,6,,,,,,",
    "bob,2026-11-23T08:04:50.000Z,1.5,1,0,,1,1,1,8,1,recall: precision,cell 3 was ended after 10 s",
    "cat,,,,,,0,,,,,,could not be read: it is no JSON",
  ]);
});

test("statistics leave out what could not be judged; the hardest exercise has the smallest share", () => {
  const statistics = exerciseStatistics(ROWS);
  expect(statistics).toMatchObject([
    { id: "f1", scores: [3, 1], mean: 2, full: 1, unanswered: 0, wrongAnswers: [] },
    {
      id: "recall",
      scores: [3, 0],
      mean: 1.5,
      tests: [
        { title: "the lecture's example", hidden: false, points: 1, passed: 1 },
        { title: "nothing found", hidden: true, points: 2, passed: 1 },
      ],
      wrongAnswers: [{ name: "precision", count: 1 }],
    },
  ]);
  expect(hardestExercise(statistics)?.id).toBe("recall");
  expect(hardestExercise([])).toBeUndefined();
});

test("the commonest wrong answer comes first", () => {
  const gave = (name: string) => ({
    verdict: sampleVerdict("x", { wrongAnswers: [{ exercise: "f1", name }] }),
  });
  const [f1] = exerciseStatistics([gave("b"), gave("c"), gave("a"), gave("c")]);
  expect(f1?.wrongAnswers).toEqual([
    { name: "c", count: 2 },
    { name: "a", count: 1 },
    { name: "b", count: 1 },
  ]);
});

test("the page shows distribution, hardest exercise, tests, wrong answers, and whom to look at", () => {
  const page = classPage(sampleClass(ROWS));
  expect(page).toContain("3 submissions, 1 of them unreadable, 1 late.");
  expect(page).toContain("1 submission still to be marked by hand.");
  expect(page).toContain("The hardest exercise is recall: 50% of its points were earned.");
  expect(page).toContain("1 of 2 earn all 3 points, the mean is 1.5");
  expect(page).toContain('<th scope="row">precision</th><td class="number">1</td>');
  expect(page).toContain("cell 3 was ended after 10 s");
  expect(page).toContain("could not be read: it is no JSON");
  expect(page.match(/<svg/g)).toHaveLength(3);
  expect(page).not.toContain("NaN");
});

test("a page of nothing is a page", () => {
  expect(classPage(sampleClass([]))).not.toMatch(/NaN|undefined/);
});

test("what comes from students can't become a part of the page", () => {
  const judgement = sampleJudgement(["f1 0"], ATTACK);
  const row: ClassRow = {
    verdict: sampleVerdict(ATTACK, {
      judgement: {
        ...judgement,
        exercises: judgement.exercises.map((exercise) => ({
          ...exercise,
          id: `${exercise.id} ${ATTACK}`,
          tests: exercise.tests.map((one) => ({ ...one, title: ATTACK })),
        })),
      },
      unreadable: ATTACK,
      notes: [ATTACK],
      wrongAnswers: [{ exercise: `f1 ${ATTACK}`, name: ATTACK }],
    }),
  };
  const page = classPage({ assignment: ATTACK, title: ATTACK, rows: [row] });
  expect(page).not.toMatch(/<script|<img|onerror="/);
  expect(page.match(/<\/style>/g)).toHaveLength(1);
  expect(page.match(/<\/title>/g)).toHaveLength(4);
  expect(page).toContain("default-src 'none'");
});

test("an explanation says each test, hidden or not, what was recognised, and what is still open", () => {
  const verdict = sampleVerdict("bob", {
    submittedAt: "2026-11-23T08:04:50.000Z",
    wrongAnswers: [{ exercise: "recall", name: "precision" }],
    notes: ["cell 3 was ended after 10 s"],
    judgement: {
      ...sampleJudgement(["f1 0"]),
      cells: [
        { id: "f1", text: "" },
        { id: "recall", text: "hi\n", error: { name: "TypeError", message: "no \u001b[31mx" } },
        { id: undefined, text: "", stopped: "no answer within 10 s" },
      ],
    },
  });
  expect(explanation({ verdict, entry: entry("bob", { secondsLate: 5400, latePenalty: 1 }) })).toBe(
    `02-skewed, bob: 1 of 6 by tests
Handed in 2026-11-23T08:04:50.000Z, 1.5 hours late

f1: 1 of 3
  ✓ the lecture's example (1 point)
  ✗ nothing found (2 points, hidden)
      should be 1

recall: 0 of 3
  Known wrong answer: precision
  ✗ the lecture's example (1 point)
      should be 1
  ✗ nothing found (2 points, hidden)
      should be 1

Marked by hand
  why-f1: not marked yet, of 2

What the cells did
  recall: TypeError: no [31mx; printed "hi"
  a cell of the student's own: ended: no answer within 10 s

Noticed
  cell 3 was ended after 10 s

Total
  1 of 8, with 1 still to be marked
  1 taken off for being late
`,
  );
});

test("an explanation of what could not be read says why", () => {
  const verdict = sampleVerdict("cat", { judgement: null, unreadable: "it is no JSON" });
  expect(explanation({ verdict })).toContain("Could not be read: it is no JSON\n");
});
