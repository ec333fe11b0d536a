import { DataFileError, InputError } from "../errors";
import { readDataFile } from "./data-file";

/** What the numbers of one column are. */
export interface ColumnDescription {
  readonly name: string;
  /** "1" for a ratio; the source often states none, and then this says so. */
  readonly unit: string;
  readonly meaning: string;
}

/** Where a data set comes from and what may be done with it; the JSON file beside its CSV. */
export interface DatasetDescription {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly columns: readonly ColumnDescription[];
  readonly classColumn: { readonly name: string; readonly meaning: string };
  readonly classNames: readonly string[];
  readonly source: { readonly name: string; readonly url: string; readonly doi: string };
  readonly authors: readonly string[];
  readonly year: number;
  readonly citation: string;
  readonly licence: { readonly name: string; readonly url: string };
  /** One sentence to print wherever the data are shown. */
  readonly attribution: string;
  readonly changes: readonly string[];
  readonly madeWith: string;
  readonly synthetic: false;
}

/** A table for classification. Its arrays are the caller's own: each load makes new ones. */
export interface Dataset<ClassName extends string = string> {
  /** Shape [rows][features]. */
  features: number[][];
  /** One per row: a position in `classNames`. */
  labels: number[];
  featureNames: string[];
  classNames: ClassName[];
  description: DatasetDescription;
}

/** Returns where `value` stands in `names`. */
function positionOf(names: readonly string[], value: string | undefined, where: string): number {
  const position = names.indexOf(value ?? "");
  if (position >= 0) return position;
  throw malformed(where, `a class of ${names.join(", ")}`, value);
}

function toNumber(text: string, where: string): number {
  const value = Number(text);
  if (text !== "" && Number.isFinite(value)) return value;
  throw malformed(where, "a finite number", text);
}

function malformed(where: string, expected: string, found: unknown): DataFileError {
  return new DataFileError(
    "corrupt-file",
    `${where}: expected ${expected}, got ${JSON.stringify(found)}. ` +
      "Make the file and its checksum anew with data/make_uci.py and data/checksums.py.",
    { where, found },
  );
}

/**
 * Returns a data set of `data/uci/` by name, in the file's order.
 *
 * @param classNames the classes the caller's type promises; the description must name the same
 * @throws DataFileError `missing-file` or `corrupt-file`, with the file, both checksums, the cure
 */
export function loadDataset<ClassName extends string>(
  name: string,
  classNames: readonly ClassName[],
): Dataset<ClassName> {
  const description = JSON.parse(readDataFile(`uci/${name}.json`)) as DatasetDescription;
  const path = `uci/${description.file}`;
  const [header, ...lines] = readDataFile(path).trimEnd().split("\n");
  const featureNames = description.columns.map((column) => column.name);
  const expectedHeader = [...featureNames, description.classColumn.name].join(",");
  if (header !== expectedHeader) {
    throw malformed(`data/${path}, line 1`, `the header ${expectedHeader}`, header);
  }
  if (lines.length !== description.rows) {
    throw malformed(`data/${path}`, `${description.rows} rows`, lines.length);
  }
  if (description.classNames.join() !== classNames.join()) {
    throw malformed(`data/uci/${name}.json`, `classes ${classNames}`, description.classNames);
  }
  const features: number[][] = [];
  const labels: number[] = [];
  for (const [index, line] of lines.entries()) {
    const where = `data/${path}, line ${index + 2}`;
    const cells = line.split(",");
    if (cells.length !== featureNames.length + 1) {
      throw malformed(where, `${featureNames.length + 1} cells`, cells.length);
    }
    labels.push(positionOf(classNames, cells.pop(), where));
    features.push(cells.map((cell) => toNumber(cell, where)));
  }
  return { features, labels, featureNames, classNames: [...classNames], description };
}

/**
 * Returns the named columns of a data set, shape [rows][names.length], in the order of `names`.
 *
 * @throws InputError `missing-column` for a name the data set does not have, `empty-input` for none
 */
export function pickFeatures(dataset: Dataset, names: readonly string[]): number[][] {
  if (names.length === 0) {
    throw new InputError("empty-input", "names is empty: expected at least one feature's name.");
  }
  const positions = names.map((name) => {
    const position = dataset.featureNames.indexOf(name);
    if (position >= 0) return position;
    throw new InputError(
      "missing-column",
      `${dataset.description.title} has no feature ${JSON.stringify(name)}. ` +
        `It has: ${dataset.featureNames.join(", ")}.`,
      { name },
    );
  });
  return dataset.features.map((row) => positions.map((position) => row[position] as number));
}

/**
 * Returns a data set as rows by column name, with the class by name in `class`: what a data frame
 * or a printed table wants.
 */
export function datasetRows(dataset: Dataset): Record<string, number | string>[] {
  return dataset.features.map((row, index) => ({
    ...Object.fromEntries(dataset.featureNames.map((name, j) => [name, row[j] as number])),
    class: dataset.classNames[dataset.labels[index] as number] as string,
  }));
}
