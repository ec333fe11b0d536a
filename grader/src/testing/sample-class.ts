import { type ExerciseResult, type Judgement, scoreOf } from "../judge/judgement";
import type { Verdict } from "../queue/verdict";
import type { ClassResult, ClassRow } from "../report/class-result";

/** Two exercises of two tests each; `passed` names those that pass, as "f1 0". */
export function sampleJudgement(passed: readonly string[], message = "should be 1"): Judgement {
  const exercise = (id: string): ExerciseResult => {
    const tests = ["the lecture's example", "nothing found"].map((title, i) => {
      const isPassed = passed.includes(`${id} ${i}`);
      const said = isPassed ? title : `${title}: ${message}`;
      return {
        title,
        hidden: i === 1,
        points: 1 + i,
        passed: isPassed,
        message: said,
        lost: false,
      };
    });
    const score = tests.reduce((sum, test) => sum + (test.passed ? test.points : 0), 0);
    return { id, points: 3, score, answered: true, tests };
  };
  return {
    exercises: [exercise("f1"), exercise("recall")],
    cells: [{ id: "f1", text: "" }],
    notes: [],
    processes: 1,
    milliseconds: 290,
    timedOut: false,
  };
}

/** A verdict of a judgement as the queue writes it. */
export function sampleVerdict(student: string, rest: Partial<Verdict> = {}): Verdict {
  const judgement = rest.judgement === undefined ? sampleJudgement(["f1 0"]) : rest.judgement;
  return {
    version: 1,
    assignment: "02-skewed",
    student,
    exam: "e",
    submission: "s",
    score: scoreOf(judgement),
    maximum: 6,
    wrongAnswers: [],
    notes: [],
    ...rest,
    judgement,
  };
}

/** A class of these students. */
export function sampleClass(rows: readonly ClassRow[]): ClassResult {
  return { assignment: "02-skewed", title: "Assignment 02: metrics for skewed data", rows };
}
