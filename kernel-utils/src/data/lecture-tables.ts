import { InputError } from "../errors";
import { readDataFile } from "./data-file";
import type { ColumnDescription } from "./dataset";

/**
 * The lectures' tables by name, each with the type of its rows. Rates are proportions, 0 to 1, as
 * everywhere in this library: the lecture's 88.3 % is .883 here.
 */
export interface LectureTables {
  /** Lesson 02: counts, and accuracy, precision and recall as the lecture prints them. */
  "skewed-confusion": {
    case: "trained model" | "always no" | "always no, stomach cancer";
    tn: number;
    fp: number;
    fn: number;
    tp: number;
    accuracy: number;
    /** null where it is 0/0; the lecture shows 0. */
    precision: number | null;
    recall: number;
  };
  /** Lesson 02: two models. */
  "f1-pairs": { model: string; precision: number; recall: number; f1: number };
  /** Lesson 02: four diagnoses. */
  "multi-class-f1": { diagnosis: string; precision: number; recall: number; f1: number };
  /** Lesson 02: shares of the common and the rare class. */
  "skew-in-the-wild": { application: string; common: number; rare: number };
  /** Lesson 02: areas under the ROC curve; examples are null where none are named. */
  "rare-classes": { finding: string; performance: number; examples: number | null };
  /** Lessons 04 and 05: gap is human - model, impact gap x share: .006 is the lecture's 0.60 %. */
  "speech-conditions": {
    condition: "quiet" | "car noise" | "people noise" | "low bandwidth";
    share: number;
    model: number;
    human: number;
    gap: number;
    impact: number;
  };
  /** Lesson 04: ranks; 5 is the best quality, and the easiest to collect. */
  "label-sources": { source: string; quality: number; ease: number };
  /** Lesson 05: what was said, what was heard, and the tags of the clip. */
  "tag-sheet": {
    example: number;
    label: string;
    prediction: string;
    tags: ("car noise" | "people noise" | "low bandwidth")[];
  };
}

/** The name of a lecture's table: a file in `data/lectures/`. */
export type LectureTableName = keyof LectureTables;

/** A lecture's table: its rows, and where they come from. */
export interface LectureTable<Row> {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Numbers of the lessons that use it. */
  readonly lessons: readonly string[];
  readonly source: { readonly lecture: string; readonly series: string };
  readonly note: string;
  readonly columns: readonly ColumnDescription[];
  readonly rows: Row[];
  readonly synthetic: false;
}

/** Every name that `loadLectureTable` knows. */
export const lectureTableNames: readonly LectureTableName[] = [
  "skewed-confusion",
  "f1-pairs",
  "multi-class-f1",
  "skew-in-the-wild",
  "rare-classes",
  "speech-conditions",
  "label-sources",
  "tag-sheet",
];

/**
 * Returns a lecture's table with its source; the rows are typed by the table's name and are the
 * caller's own.
 *
 * @throws InputError `out-of-range` for a name that is no table
 * @throws DataFileError `missing-file` or `corrupt-file`, with the file, both checksums, the cure
 */
export function loadLectureTable<Name extends LectureTableName>(
  name: Name,
): LectureTable<LectureTables[Name]> {
  if (!lectureTableNames.includes(name)) {
    throw new InputError(
      "out-of-range",
      `There is no lecture table ${JSON.stringify(name)}: ` +
        `expected one of ${lectureTableNames.join(", ")}.`,
      { name },
    );
  }
  // The checksum proves that this is the file the row's type was written for.
  return JSON.parse(readDataFile(`lectures/${name}.json`)) as LectureTable<LectureTables[Name]>;
}
