import { InputError } from "./errors";
import { type Interval, wilsonOfShare } from "./intervals";
import { requireProportion } from "./ranges";
import { ratio, type Score } from "./score";
import { tagNames } from "./tag-sheet";

/** What measures need of a row: which tags it has, and whether the model was right. */
export interface TaggedOutcome {
  readonly tags: readonly string[];
  readonly correct: boolean;
}

/**
 * How people do: whether (true, false) or how probably (0 to 1) they get a row right, or their
 * accuracy per tag, 0 to 1.
 */
export type HumanReference<Row> =
  | ((row: Row) => boolean | number)
  | Readonly<Record<string, number>>;

/** Options of `tagMeasures`. */
export interface TagMeasureOptions<Row> {
  /**
   * Tags to report, in this order, whether or not a row has them; default all, most errors first.
   */
  readonly tags?: readonly string[];
  /** With it, gaps and impacts are given. */
  readonly human?: HumanReference<Row>;
  /**
   * How many rows of the data one row of the sheet stands for, default 1: if all errors but only
   * every tenth rightly predicted sample was examined, those weigh 10.
   */
  readonly weight?: (row: Row) => number;
  /** Of the intervals, default 0.95. */
  readonly level?: number;
}

/** The four questions about a tag, answered; shares and rates are proportions, 0 to 1. */
export interface TagMeasure {
  readonly tag: string;
  /** Number of rows, and of errors among them, without weights. */
  readonly rows: number;
  readonly errors: number;
  readonly dataShare: number;
  readonly errorShare: Score;
  readonly errorRate: Score;
  /** Interval of the error rate; null without a row. */
  readonly rateInterval: Interval | null;
  /** Accuracy of people inside the tag. */
  readonly human?: Score;
  /** human - accuracy of the model, its sign kept. */
  readonly gap?: Score;
  /** gap * dataShare: what overall accuracy would gain. Overlapping tags count rows twice. */
  readonly impact?: number;
}

/** Measures of all tags; a row with several tags counts in each of them. */
export interface TagMeasures {
  readonly tags: readonly TagMeasure[];
  /** Rows without any tag (under the name "(no tag)"). */
  readonly untagged: TagMeasure;
  /** All rows, each once (under the name "(all)"). */
  readonly all: TagMeasure;
  /**
   * True where the sheet holds no rightly predicted row: then every error rate is 1, and shares of
   * the data are shares of the errors. Add samples that the model got right.
   */
  readonly onlyErrors: boolean;
}

/**
 * Returns for each tag its share of the data, its share of the errors, the error rate inside it,
 * and against people the headroom.
 *
 * @param rows all samples of the evaluation, or a sample of them with weights; not errors alone
 * @throws InputError for no rows, `out-of-range` for accuracies above 1 and negative weights,
 *   `missing-column` where `human` lacks a tag
 *
 * @example
 * import { tagMeasures } from "@headroom/kernel-utils";
 * const rows = [
 *   { tags: ["car"], correct: false },
 *   { tags: ["car", "people"], correct: false },
 *   { tags: ["people"], correct: true },
 *   { tags: [], correct: true },
 * ];
 * const { tags, untagged } = tagMeasures(rows, { tags: ["car", "people", "rain"] });
 * tags.map((tag) => tag.errorRate.value); // => [1, 0.5, 0]
 * tags.map((tag) => tag.errorRate.defined); // => [true, true, false]
 * tags.map((tag) => tag.errorShare.value); // => [1, 0.5, 0]
 * untagged.dataShare; // => 0.25
 */
export function tagMeasures<Row extends TaggedOutcome>(
  rows: readonly Row[],
  { tags, human, weight, level = 0.95 }: TagMeasureOptions<Row> = {},
): TagMeasures {
  const weights = toRowWeights(rows, weight);
  const humanOf = typeof human === "function" ? toHumanAccuracies(rows, human) : undefined;
  const accuracies = typeof human === "object" ? human : undefined;
  const everything = collect(rows, { weights, humanOf }, () => true);
  const measure = (name: string, belongs: (row: Row) => boolean, tag?: string): TagMeasure => {
    const part = collect(rows, { weights, humanOf }, belongs);
    const accuracy = tag === undefined ? undefined : accuracyOf(accuracies, tag);
    return describe(name, part, everything, { accuracy, level });
  };
  const measured = (tags ?? tagNames(rows)).map((tag) =>
    measure(tag, (row) => row.tags.includes(tag), tag),
  );
  if (tags === undefined) measured.sort((a, b) => b.errors - a.errors || b.rows - a.rows);
  return {
    tags: measured,
    untagged: measure("(no tag)", (row) => row.tags.length === 0),
    all: measure("(all)", () => true),
    onlyErrors: everything.errors === everything.rows,
  };
}

/** Sums over some rows; `weight`, `wrong` and `human` are weighted. */
interface Part {
  readonly rows: number;
  readonly errors: number;
  readonly weight: number;
  readonly squaredWeight: number;
  readonly wrong: number;
  /** How many of the rows people get right; absent where that isn't known row by row. */
  readonly human?: number;
}

interface RowFigures {
  readonly weights: Float64Array;
  readonly humanOf: Float64Array | undefined;
}

function collect<Row extends TaggedOutcome>(
  rows: readonly Row[],
  { weights, humanOf }: RowFigures,
  belongs: (row: Row) => boolean,
): Part {
  const part = { rows: 0, errors: 0, weight: 0, squaredWeight: 0, wrong: 0 };
  let human = 0;
  for (const [i, row] of rows.entries()) {
    if (!belongs(row)) continue;
    const weight = weights[i] as number;
    part.rows++;
    part.weight += weight;
    part.squaredWeight += weight * weight;
    if (!row.correct) {
      part.errors++;
      part.wrong += weight;
    }
    human += weight * (humanOf?.[i] ?? 0);
  }
  return humanOf === undefined ? part : { ...part, human };
}

function describe(
  tag: string,
  part: Part,
  everything: Part,
  { accuracy, level }: { readonly accuracy: number | undefined; readonly level: number },
): TagMeasure {
  const dataShare = part.weight / everything.weight;
  const noRows = `no row has the tag ${JSON.stringify(tag)}`;
  const errorRate = ratio(part.wrong, part.weight, noRows);
  const measure: TagMeasure = {
    tag,
    rows: part.rows,
    errors: part.errors,
    dataShare,
    errorShare: ratio(part.wrong, everything.wrong, "the sheet holds no errors"),
    errorRate,
    rateInterval: part.weight === 0 ? null : rateInterval(part, level),
  };
  const human =
    accuracy !== undefined
      ? ratio(accuracy * part.weight, part.weight, noRows)
      : part.human === undefined
        ? undefined
        : ratio(part.human, part.weight, noRows);
  if (human === undefined) return measure;
  const gap = human.defined ? { ...human, value: human.value - (1 - errorRate.value) } : human;
  return { ...measure, human, gap, impact: gap.value * dataShare };
}

/** Wilson's interval, for weighted rows with Kish's effective number of rows. */
function rateInterval(part: Part, level: number): Interval {
  const share = Math.min(part.wrong / part.weight, 1);
  return wilsonOfShare(share, part.weight ** 2 / part.squaredWeight, level);
}

/**
 * Returns one weight per row, 1 unless told otherwise.
 *
 * @throws InputError for no rows, negative or infinite weights, and weights that are all 0
 */
export function toRowWeights<Row>(
  rows: readonly Row[],
  weight: ((row: Row) => number) | undefined,
): Float64Array {
  if (rows.length === 0) {
    throw new InputError("empty-input", "rows is empty: expected at least one row.");
  }
  const weights = Float64Array.from(rows, (row) => weight?.(row) ?? 1);
  const wrong = weights.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (wrong < 0 && weights.some((value) => value > 0)) return weights;
  throw new InputError(
    "out-of-range",
    wrong < 0
      ? "weight: expected a number above 0 for at least one row, got 0 for all."
      : `weight of rows[${wrong}] is ${weights[wrong]}: expected a finite number of at least 0.`,
    { row: wrong },
  );
}

/**
 * Returns how probably people get each row right, 0 to 1.
 *
 * @throws InputError for values that are no proportions
 */
export function toHumanAccuracies<Row>(
  rows: readonly Row[],
  human: (row: Row) => boolean | number,
): Float64Array {
  return Float64Array.from(rows, (row, i) => {
    const value = Number(human(row));
    requireProportion(`human of rows[${i}]`, value);
    return value;
  });
}

function accuracyOf(
  accuracies: Readonly<Record<string, number>> | undefined,
  tag: string,
): number | undefined {
  if (accuracies === undefined) return undefined;
  const accuracy = Object.hasOwn(accuracies, tag) ? accuracies[tag] : undefined;
  if (accuracy === undefined) {
    throw new InputError(
      "missing-column",
      `human has no accuracy for the tag ${JSON.stringify(tag)}. Add it, or name the tags ` +
        "to report.",
      { tag },
    );
  }
  requireProportion(`human[${JSON.stringify(tag)}]`, accuracy);
  return accuracy;
}
