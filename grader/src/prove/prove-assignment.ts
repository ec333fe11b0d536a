/** Tries whether an assignment judges as its author means it to. */
import type { Assignment } from "../assignment/assignment";
import { releasedTexts } from "../assignment/build-notebooks";
import type { Exam } from "../assignment/exam";
import type { Judgement, TestResult } from "../judge/judgement";
import { findLeaks, type Secret, secretsOf } from "./find-leaks";
import {
  type JudgedAnswers,
  type JudgedWrongAnswer,
  type JudgeOptions,
  judgeAnswers,
} from "./judge-answers";
import type { Proof, ProofLine } from "./proof";
import { findTwins, signaturesOf } from "./signatures";

/** How an assignment is proved. */
export interface ProveOptions extends JudgeOptions {
  /** The texts of the stored release's cells, by id; none where it isn't built. */
  readonly release?: ReadonlyMap<string, string>;
}

/**
 * Resolves to the proof that solutions earn full marks, stubs nothing, that every wrong answer loses
 * marks and hears why, and that students are not told what is hidden. Rejects where nothing can be
 * judged: an assignment's own faults are lines of the proof.
 */
export async function proveAssignment(
  assignment: Assignment,
  exam: Exam,
  options: ProveOptions,
): Promise<Proof> {
  const started = performance.now();
  const answers = await judgeAnswers(assignment, exam, options);
  const signatures = signaturesOf(answers.wrong);
  const lines = [
    solutionLine(exam, answers.solution),
    ...stubLines(exam, answers.stub),
    ...answers.wrong.map(wrongLine),
    ...findTwins(signatures).map(
      ([first, ...others]): ProofLine => ({
        ok: false,
        what: `${first?.exercise}, wrong answer "${first?.name}"`,
        found:
          `fails the same tests with the same messages as ${others.map(({ name }) => `"${name}"`).join(", ")}: ` +
          "reports can't tell them apart, so give one of them a test or a mistake(...) of its own",
      }),
    ),
    leakLine(assignment, exam, answers, options.release),
  ];
  return {
    name: assignment.name,
    lines,
    signatures,
    ok: lines.every(({ ok }) => ok),
    milliseconds: performance.now() - started,
  };
}

function solutionLine(exam: Exam, { exercises, cells, notes }: Judgement): ProofLine {
  const maximum = sum(exam.exercises.map(({ points }) => points));
  const score = sum(exercises.map((exercise) => exercise.score));
  const failed = exercises.flatMap(({ tests }) => tests.filter(({ passed }) => !passed));
  const faults = [
    ...cells.flatMap(({ id, error }) => (error ? [`the cell ${id} fails: ${error.message}`] : [])),
    ...failed.map(({ message }) => message),
    ...notes,
  ];
  const ok = score === maximum && faults.length === 0;
  const found = `${score} of ${maximum} points`;
  return { ok, what: "the solution", found: ok ? found : `${found}: ${faults.join("; ")}` };
}

function stubLines(exam: Exam, { exercises }: Judgement): ProofLine[] {
  const score = sum(exercises.map((exercise) => exercise.score));
  const answered = exercises.filter((exercise) => exercise.answered).map(({ id }) => id);
  const fault =
    score > 0
      ? ": a stub must earn nothing"
      : answered.length > 0
        ? `: the stub counts as an answer in ${answered.join(", ")}`
        : "";
  const found = `${score} points in ${exam.exercises.length} exercises${fault}`;
  return [{ ok: fault === "", what: "the untouched stubs", found }];
}

function wrongLine({ wrong, result }: JudgedWrongAnswer): ProofLine {
  const what = `${wrong.exercise}, wrong answer "${wrong.name}"`;
  const failing = result.tests.filter(({ passed }) => !passed);
  const points = `${result.score} of ${result.points} points`;
  if (failing.length === 0) {
    const found = `${points}: it passes every test, so write one that it fails`;
    return { ok: false, what, found };
  }
  const telling = failing.find(({ message }) => message.includes(wrong.message));
  if (telling === undefined) {
    const heard = failing.map(({ message }) => `  ${message}`).join("\n");
    return { ok: false, what, found: `${points}, but nobody says "${wrong.message}":\n${heard}` };
  }
  const where = telling.hidden ? "a hidden test" : "a visible test";
  return { ok: true, what, found: `${points}; ${where} says why` };
}

function leakLine(
  assignment: Assignment,
  exam: Exam,
  answers: JudgedAnswers,
  release: ReadonlyMap<string, string> | undefined,
): ProofLine {
  const secrets = secretsOf(assignment, exam, hiddenMessages(answers));
  const texts = new Map([
    ...[...releasedTexts(assignment)].map(([id, text]) => [`the cell ${id}`, text] as const),
    ...[...(release ?? [])].map(([id, text]) => [`the release's cell ${id}`, text] as const),
    ...visibleMessages(answers),
  ]);
  const leaks = findLeaks(secrets, texts);
  const ok = leaks.length === 0;
  const searched = release ? "nowhere" : "nowhere; the release is not built yet";
  const found = ok
    ? `${secrets.length} titles, lines and numbers are told ${searched}`
    : leaks.map((leak) => `\n  ${leak}`).join("");
  return { ok, what: "what is hidden", found };
}

/** What only hidden tests say of wrong answers. */
function hiddenMessages({ wrong }: JudgedAnswers): Secret[] {
  return wrong.flatMap(({ wrong: { exercise, message }, result }) => {
    const telling = result.tests.filter((test) => !test.passed && test.message.includes(message));
    if (telling.length === 0 || telling.some(({ hidden }) => !hidden)) return [];
    return [{ what: `what a hidden test of ${exercise} says of a wrong answer`, text: message }];
  });
}

/** What visible tests say goes into the students' feedback. */
function visibleMessages({ solution, stub, wrong }: JudgedAnswers): [string, string][] {
  const visible = ({ hidden }: TestResult) => !hidden;
  const messages = [...solution.exercises, ...stub.exercises, ...wrong.map(({ result }) => result)]
    .flatMap(({ tests }) => tests.filter(visible))
    .map(({ message }) => message);
  return [["the message of a visible test", [...new Set(messages)].join("\n")]];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
