// @ts-check
// A class whose scores are known before anybody has judged it: submissions made of an assignment's own solutions and
// wrong answers. What a wrong answer earns is found out without sandbox, protocol and queue: it is called in this process.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  buildSolution,
  buildSource,
  formatNotebook,
  loadExam,
  readAssignment,
  releasedTexts,
} from "@headroom/grader";
import { scoresInProcess } from "./scores-in-process.mjs";
import { BROKEN, HOSTILE } from "./troublemakers.mjs";

/** @typedef {import("@headroom/grader").Assignment} Assignment */
/** @typedef {import("@headroom/grader").Exam} Exam */
/** @typedef {import("@headroom/grader").Notebook} Notebook */

/**
 * What an exercise's cell holds, what that earns beside right answers, and what it is called.
 * @typedef {{ source: string, score: number, name: string }} Answer
 */

/**
 * The answers to an exercise that are to be had.
 * @typedef {{ id: string, right: Answer, stub: Answer, wrong: Answer[] }} Exercise
 */

/**
 * A student and what is expected of grading.
 * @typedef {object} Student
 * @property {string} name
 * @property {string} kind "right", "mixed", "hostile: ...", ...
 * @property {number} score by tests
 * @property {boolean} readable
 * @property {readonly string[]} wrong the names of the wrong answers that were given
 */

/** @typedef {{ students: Student[], maximum: number }} Classroom */

const TENTH = 10;

/**
 * Hands in a class's submissions to an assignment of the course, the same ones each time.
 * @param {string} course
 * @param {string} name of the assignment
 * @param {number} size
 * @returns {Promise<Classroom>}
 */
export async function fillClassroom(course, name, size) {
  const file = path.join(course, "src", `${name}.ts`);
  const assignment = readAssignment(file);
  const exam = await loadExam(assignment, file);
  const exercises = await answersTo(assignment, exam);
  const release = releaseOf(assignment);
  const random = seededRandom(1);
  /** @type {Student[]} */
  const students = [];
  const join = (
    /** @type {string} */ kind,
    /** @type {Omit<Student, "name" | "kind">} */ known,
  ) => {
    const student = {
      name: `student-${String(students.length + 1).padStart(3, "0")}`,
      kind,
      ...known,
    };
    students.push(student);
    return path.join(course, "submitted", student.name, name);
  };
  const handIn = async (/** @type {string} */ kind, /** @type {Answer[]} */ answers) => {
    const scores = await scoresOf(exam, answers);
    // An answer that calls another exercise's function may earn less beside a wrong one, and is then another mistake.
    const wrong = answers.filter(
      ({ name: called, score }, i) => called !== "" && score === scores[i],
    );
    const folder = join(kind, {
      score: sum(scores),
      readable: true,
      wrong: wrong.map((answer) => answer.name),
    });
    save(folder, name, withAnswers(release, exercises, answers));
  };
  const all = (/** @type {(exercise: Exercise) => Answer} */ pick) => exercises.map(pick);
  const right = all((exercise) => exercise.right);
  const stub = all((exercise) => exercise.stub);

  // A tenth of the class has something up its sleeve, but each trick is tried once at least, where there is room.
  const hostile = Math.min(HOSTILE.length, Math.ceil(size / 3));
  for (const { kind, change, earns } of HOSTILE.slice(
    0,
    Math.max(hostile, Math.ceil(size / TENTH)),
  )) {
    const notebook = withAnswers(release, exercises, earns === "stubs" ? stub : right);
    const lost = earns === "all but the first" ? exercises[0].right.score : 0;
    const score = sum((earns === "stubs" ? stub : right).map((answer) => answer.score)) - lost;
    save(
      join(`hostile: ${kind}`, { score, readable: true, wrong: [] }),
      name,
      change(notebook, exercises[0].id),
    );
  }
  for (const { kind, make } of BROKEN.slice(0, Math.max(2, Math.ceil(size / TENTH)))) {
    const folder = join(`broken: ${kind}`, { score: 0, readable: false, wrong: [] });
    mkdirSync(folder, { recursive: true });
    make(
      path.join(folder, `${name}.ipynb`),
      formatNotebook(withAnswers(release, exercises, right)),
    );
  }
  await handIn("unanswered", stub);
  for (const [i, exercise] of exercises.entries()) {
    for (const wrong of exercise.wrong) {
      if (students.length < size - 3) await handIn("one wrong answer", right.with(i, wrong));
    }
  }
  while (students.length < size) {
    if (random() < 0.25) await handIn("right", right);
    else
      await handIn(
        "mixed",
        all((exercise) => pickAnswer(exercise, random)),
      );
  }
  return { students, maximum: sum(right.map(({ score }) => score)) };
}

/**
 * What was graded otherwise than it deserves, in words; nothing where all is well.
 * @param {Classroom} classroom
 * @param {readonly import("@headroom/grader").Verdict[]} verdicts
 * @returns {string[]}
 */
export function unexpected({ students }, verdicts) {
  const byStudent = new Map(verdicts.map((verdict) => [verdict.student, verdict]));
  return students.flatMap(({ name, kind, score, readable, wrong }) => {
    const verdict = byStudent.get(name);
    if (verdict === undefined) return [`${name} (${kind}) has no verdict`];
    const faults = [];
    if (verdict.score !== score) faults.push(`${verdict.score} points, not ${score}`);
    if ((verdict.unreadable === undefined) !== readable)
      faults.push(verdict.unreadable ?? "could be read");
    const known = verdict.wrongAnswers.map((answer) => answer.name);
    const unknown = wrong.filter((each) => !known.includes(each));
    if (unknown.length > 0) faults.push(`not recognised: ${unknown.join(", ")}`);
    return faults.map(
      (fault) => `${name} (${kind}): ${fault}; noted: ${verdict.notes.join("; ") || "nothing"}`,
    );
  });
}

/**
 * @param {Assignment} assignment
 * @param {Exam} exam
 * @returns {Promise<Exercise[]>}
 */
async function answersTo(assignment, exam) {
  const solutions = new Map(buildSolution(assignment).cells.map(({ id, source }) => [id, source]));
  /** @type {Exercise[]} */
  const exercises = exam.exercises.map(({ id, points, stub }) => ({
    id,
    right: { source: solutions.get(id) ?? "", score: points, name: "" },
    stub: { source: stub, score: 0, name: "" },
    wrong: [],
  }));
  const right = exercises.map((exercise) => exercise.right);
  for (const cell of assignment.cells) {
    if (cell.kind !== "wrong") continue;
    const place = exercises.findIndex(({ id }) => id === cell.exercise);
    const answer = { source: cell.source, name: cell.name, score: 0 };
    const scores = await scoresOf(exam, right.with(place, answer));
    exercises[place].wrong.push({ ...answer, score: scores[place] });
  }
  return exercises;
}

/**
 * What each of these answers earns beside the others.
 * @param {Exam} exam
 * @param {readonly Answer[]} answers in the exam's order
 * @returns {Promise<number[]>}
 */
function scoresOf(exam, answers) {
  return scoresInProcess(exam, [...exam.given.values(), ...answers.map(({ source }) => source)]);
}

/**
 * @param {Exercise} exercise
 * @param {() => number} random
 * @returns {Answer}
 */
function pickAnswer({ right, stub, wrong }, random) {
  const lot = random();
  if (lot < 0.5)
    return { ...right, source: `// my answer ${Math.floor(random() * 1e6)}\n${right.source}` };
  if (lot < 0.9) return wrong[Math.floor(random() * wrong.length)] ?? stub;
  return stub;
}

/** @param {Assignment} assignment */
function releaseOf(assignment) {
  const texts = releasedTexts(assignment);
  const notebook = buildSource(assignment);
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: texts.get(cell.id) ?? cell.source,
  }));
  return { ...notebook, cells };
}

/**
 * @param {Notebook} release
 * @param {readonly Exercise[]} exercises
 * @param {readonly Answer[]} answers
 * @returns {Notebook}
 */
function withAnswers(release, exercises, answers) {
  const cells = release.cells.map((cell) => {
    const answer = answers[exercises.findIndex(({ id }) => id === cell.id)];
    return answer === undefined ? cell : { ...cell, source: answer.source };
  });
  return { ...release, cells };
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {Notebook} notebook
 */
function save(folder, name, notebook) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.ipynb`), formatNotebook(notebook));
  writeFileSync(path.join(folder, "timestamp.txt"), "2026-11-23 08:00:00.000000 UTC");
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * Numbers from 0 to 1, the same ones for a seed (mulberry32).
 * @param {number} seed
 */
function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
