import type { ExerciseResult, Judgement } from "../judge/judgement";
import type { KnownWrongAnswer } from "./verdict";

/** What judging an author's wrong answer gives: the tests that fail, with what they say. */
export interface WrongAnswerSignature extends KnownWrongAnswer {
  readonly failing: readonly { readonly title: string; readonly message: string }[];
}

/**
 * Returns the author's wrong answers that fail the same tests with the same messages as a student's answers: so a report
 * can count misconceptions by name. Two that fail alike are both named.
 */
export function knownWrongAnswers(
  { exercises }: Judgement,
  signatures: readonly WrongAnswerSignature[],
): KnownWrongAnswer[] {
  return exercises
    .filter(({ answered }) => answered)
    .flatMap((result) => {
      const given = fingerprint(failingTests(result));
      return signatures
        .filter(({ exercise, failing }) => exercise === result.id && fingerprint(failing) === given)
        .map(({ exercise, name }) => ({ exercise, name }));
    });
}

function failingTests({ tests }: ExerciseResult) {
  return tests.filter(({ passed }) => !passed);
}

/** Titles are unique in an exercise. */
function fingerprint(failing: WrongAnswerSignature["failing"]): string {
  return JSON.stringify(failing.map(({ title, message }) => [title, message]).sort());
}
