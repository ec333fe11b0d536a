/** By which failing tests a wrong answer is known. */
import type { WrongAnswerSignature } from "../queue/known-wrong-answers";
import type { JudgedWrongAnswer } from "./judge-answers";

/** Returns what each wrong answer fails, with what the tests say of it. */
export function signaturesOf(wrong: readonly JudgedWrongAnswer[]): readonly WrongAnswerSignature[] {
  return wrong.map(({ wrong: { exercise, name }, result }) => ({
    exercise,
    name,
    failing: result.tests
      .filter(({ passed }) => !passed)
      .map(({ title, message }) => ({ title, message })),
  }));
}

/** Returns the wrong answers of an exercise that fail alike, so that no report can tell them apart. */
export function findTwins(
  signatures: readonly WrongAnswerSignature[],
): readonly (readonly WrongAnswerSignature[])[] {
  const groups = new Map<string, WrongAnswerSignature[]>();
  for (const signature of signatures) {
    const key = JSON.stringify([signature.exercise, signature.failing]);
    groups.set(key, [...(groups.get(key) ?? []), signature]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}
