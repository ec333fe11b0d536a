import { expect, test } from "vitest";
import { sampleJudgement } from "../testing/sample-class";
import { knownWrongAnswers, type WrongAnswerSignature } from "./known-wrong-answers";

const [FIRST, SECOND] = ["the lecture's example", "nothing found"] as const;
const said = (title: string, message = "should be 1") => ({
  title,
  message: `${title}: ${message}`,
});

const SIGNATURES: readonly WrongAnswerSignature[] = [
  { exercise: "f1", name: "precision", failing: [said(SECOND), said(FIRST)] },
  { exercise: "f1", name: "recall", failing: [said(FIRST)] },
  { exercise: "recall", name: "F1", failing: [said(FIRST)] },
];

function namesIn(passed: readonly string[], message?: string) {
  return knownWrongAnswers(sampleJudgement(passed, message), SIGNATURES);
}

test("a wrong answer is known by the tests that it fails, in any order, and by what they say", () => {
  expect(namesIn([])).toEqual([{ exercise: "f1", name: "precision" }]);
  expect(namesIn(["f1 1", "recall 1"])).toEqual([
    { exercise: "f1", name: "recall" },
    { exercise: "recall", name: "F1" },
  ]);
});

test("the same tests with another message are another mistake", () => {
  expect(namesIn([], "should be 2")).toEqual([]);
});

test("right answers, and untouched ones, are no wrong answers", () => {
  expect(namesIn(["f1 0", "f1 1", "recall 0", "recall 1"])).toEqual([]);
  const judgement = sampleJudgement([]);
  const exercises = judgement.exercises.map((one) => ({ ...one, answered: false }));
  expect(knownWrongAnswers({ ...judgement, exercises }, SIGNATURES)).toEqual([]);
});

test("two wrong answers that fail alike are both named", () => {
  const twins = SIGNATURES.flatMap((one) => [one, { ...one, name: `${one.name}, again` }]);
  const names = knownWrongAnswers(sampleJudgement(["f1 1", "recall 0", "recall 1"]), twins);
  expect(names.map(({ name }) => name)).toEqual(["recall", "recall, again"]);
});
