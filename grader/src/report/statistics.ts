import type { ExerciseResult } from "../judge/judgement";
import type { ClassRow } from "./class-result";

/** How many submissions passed a test. */
interface TestStatistics {
  readonly title: string;
  readonly hidden: boolean;
  readonly points: number;
  readonly passed: number;
}

/** How a class did in an exercise. */
export interface ExerciseStatistics {
  readonly id: string;
  readonly points: number;
  /** One for each judged submission. */
  readonly scores: readonly number[];
  /** Mean of the scores; NaN without submissions. */
  readonly mean: number;
  /** How many earned all points. */
  readonly full: number;
  readonly unanswered: number;
  readonly tests: readonly TestStatistics[];
  /** By falling count, then by name. */
  readonly wrongAnswers: readonly { readonly name: string; readonly count: number }[];
}

/** Returns the statistics of each exercise, in the exam's order; submissions without a judgement don't count. */
export function exerciseStatistics(rows: readonly ClassRow[]): ExerciseStatistics[] {
  const results = new Map<string, ExerciseResult[]>();
  for (const { verdict } of rows) {
    for (const result of verdict.judgement?.exercises ?? []) {
      results.set(result.id, [...(results.get(result.id) ?? []), result]);
    }
  }
  return [...results].map(([id, all]) => {
    const points = all[0]?.points ?? 0;
    const scores = all.map(({ score }) => score);
    return {
      id,
      points,
      scores,
      mean: mean(scores),
      full: scores.filter((score) => score >= points).length,
      unanswered: all.filter(({ answered }) => !answered).length,
      tests: testStatistics(all),
      wrongAnswers: countWrongAnswers(rows, id),
    };
  });
}

/** Returns the exercise of the smallest share of its points; undefined where nothing was judged. */
export function hardestExercise(
  exercises: readonly ExerciseStatistics[],
): ExerciseStatistics | undefined {
  const share = ({ mean, points }: ExerciseStatistics) => mean / points;
  return [...exercises].sort((a, b) => share(a) - share(b))[0];
}

/** Returns the arithmetic mean; NaN of nothing. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function testStatistics(results: readonly ExerciseResult[]): TestStatistics[] {
  const [first] = results;
  return (first?.tests ?? []).map(({ title, hidden, points }) => ({
    title,
    hidden,
    points,
    passed: results.filter(({ tests }) =>
      tests.some((test) => test.title === title && test.hidden === hidden && test.passed),
    ).length,
  }));
}

function countWrongAnswers(rows: readonly ClassRow[], exercise: string) {
  const counts = new Map<string, number>();
  for (const { verdict } of rows) {
    for (const wrong of verdict.wrongAnswers) {
      if (wrong.exercise !== exercise) continue;
      counts.set(wrong.name, (counts.get(wrong.name) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
