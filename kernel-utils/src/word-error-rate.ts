import { InputError } from "./errors";
import { requireSameLength } from "./inputs";
import { ratio, type Score } from "./score";

/** What counts as the same word. By default only what is written the same. */
export interface WordOptions {
  /** Default false: "Sail" and "sail" differ. */
  readonly ignoreCase?: boolean;
  /** Default false. True drops all punctuation, inside words too: "Let's" becomes "Lets". */
  readonly ignorePunctuation?: boolean;
}

/** One step of an alignment; a deletion has no word heard, an insertion no word said. */
export type AlignedWord =
  | {
      readonly kind: "hit" | "substitution";
      readonly reference: string;
      readonly hypothesis: string;
    }
  | { readonly kind: "deletion"; readonly reference: string; readonly hypothesis?: undefined }
  | { readonly kind: "insertion"; readonly reference?: undefined; readonly hypothesis: string };

/** How often each step occurs, and the rate that follows. */
export interface WordErrorCounts {
  /**
   * (substitutions + deletions + insertions) / words; above 1 where more goes wrong than was said.
   * Without a word in the reference it is undefined; its value is then the number of insertions,
   * so that words made up of silence don't look like a perfect 0.
   */
  readonly rate: Score;
  readonly hits: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
  /** Words in the reference. */
  readonly words: number;
}

/** The word errors of one transcript. */
export interface WordErrors extends WordErrorCounts {
  /** From the first word to the last. */
  readonly alignment: readonly AlignedWord[];
}

/** The word errors of several transcripts. */
export interface PooledWordErrors extends WordErrorCounts {
  /** In the order of the input. */
  readonly transcripts: readonly WordErrors[];
  /** The mean of the transcripts' own rates, without those that are undefined. */
  readonly meanRate: Score;
}

/**
 * Returns how far a transcript is from what was said: the smallest number of words to substitute,
 * delete and insert, and that number per word said.
 *
 * Words are what white space separates; composed and decomposed letters are the same (Unicode NFC).
 * Of several alignments with so few errors it takes one with the most hits, which settles how many
 * of the errors are of each kind.
 *
 * Source: Levenshtein 1966; rates as of jiwer 4.0, `process_words`, for empty references too.
 *
 * @example
 * import { wordErrorRate } from "@headroom/kernel-utils";
 * const heard = wordErrorRate("Let's catch up", "Let's ketchup");
 * heard.rate.value; // => 0.667
 * heard.alignment.map((word) => word.kind); // => ["hit", "substitution", "deletion"]
 * wordErrorRate("", "").rate.defined; // => false
 */
export function wordErrorRate(
  reference: string,
  hypothesis: string,
  options: WordOptions = {},
): WordErrors {
  const alignment = align(
    wordsOf("reference", reference, options),
    wordsOf("hypothesis", hypothesis, options),
  );
  const count = (kind: AlignedWord["kind"]): number =>
    alignment.filter((word) => word.kind === kind).length;
  const [hits, substitutions] = [count("hit"), count("substitution")];
  const [deletions, insertions] = [count("deletion"), count("insertion")];
  return { ...withRate({ hits, substitutions, deletions, insertions }), alignment };
}

/**
 * Returns the word errors of several transcripts, pooled: all errors divided by all words, so that
 * a long sentence weighs more than a short one; the mean of the single rates stands beside it.
 *
 * @throws InputError for no transcripts and for unequal numbers of them
 *
 * @example
 * import { wordErrorRates } from "@headroom/kernel-utils";
 * const said = ["Stir fried lettuce", "Sweetened coffee", "Sail away song", "Let's catch up"];
 * const heard = ["Stir fry lettuce", "Swedish coffee", "Sell away some", "Let's ketchup"];
 * const errors = wordErrorRates(said, heard);
 * errors.rate.value; // => 0.545
 * errors.meanRate.value; // => 0.542
 */
export function wordErrorRates(
  references: readonly string[],
  hypotheses: readonly string[],
  options: WordOptions = {},
): PooledWordErrors {
  requireSameLength("references", references, "hypotheses", hypotheses);
  if (references.length === 0) {
    throw new InputError("empty-input", "references is empty: expected at least one transcript.");
  }
  const transcripts = references.map((reference, i) =>
    wordErrorRate(reference, hypotheses[i] as string, options),
  );
  const total = (column: "hits" | "substitutions" | "deletions" | "insertions"): number =>
    transcripts.reduce((sum, transcript) => sum + transcript[column], 0);
  const rates = transcripts.map(({ rate }) => rate).filter((rate) => rate.defined);
  return {
    ...withRate({
      hits: total("hits"),
      substitutions: total("substitutions"),
      deletions: total("deletions"),
      insertions: total("insertions"),
    }),
    transcripts,
    meanRate: ratio(
      rates.reduce((sum, rate) => sum + rate.value, 0),
      rates.length,
      "no reference has a word",
    ),
  };
}

/**
 * Returns an alignment as three lines of text: what was said, what was heard, and a mark under each
 * error (S, D or I).
 *
 * @example
 * import { formatAlignment, wordErrorRate } from "@headroom/kernel-utils";
 * const { alignment } = wordErrorRate("catch up now", "ketchup now");
 * const lines = formatAlignment(alignment).split("\n");
 * lines[0]; // => "said   catch    up   now"
 * lines[1]; // => "heard  ketchup  ***  now"
 * lines[2]; // => "       S        D"
 */
export function formatAlignment(alignment: readonly AlignedWord[]): string {
  const marks = { hit: "", substitution: "S", deletion: "D", insertion: "I" };
  const columns = alignment.map((word) => [
    word.reference ?? "***",
    word.hypothesis ?? "***",
    marks[word.kind],
  ]);
  const lines = ["said", "heard", ""].map((title, line) =>
    [["said", "heard", ""], ...columns].map((column, c) => {
      const cell = c === 0 ? title : (column[line] as string);
      return cell.padEnd(Math.max(...column.map((other) => other.length)));
    }),
  );
  return lines.map((cells) => cells.join("  ").trimEnd()).join("\n");
}

function withRate(counts: Omit<WordErrorCounts, "rate" | "words">): WordErrorCounts {
  const { hits, substitutions, deletions, insertions } = counts;
  const words = hits + substitutions + deletions;
  const errors = substitutions + deletions + insertions;
  const rate: Score =
    words === 0
      ? { value: insertions, defined: false, reason: "the reference has no words" }
      : { value: errors / words, defined: true };
  return { rate, ...counts, words };
}

function wordsOf(name: string, text: string, options: WordOptions): string[] {
  if (typeof text !== "string") {
    throw new InputError("wrong-type", `${name}: expected text, got ${typeof text}.`, { name });
  }
  let prepared = text.normalize("NFC");
  if (options.ignoreCase) prepared = prepared.toLowerCase();
  if (options.ignorePunctuation) prepared = prepared.replace(/\p{P}/gu, "");
  return prepared.split(/\s+/u).filter((word) => word !== "");
}

/**
 * Wagner and Fischer's table: cost[i][j] is the least cost of aligning the first i words said with
 * the first j heard. Read backwards from its end it gives the alignment. An error costs more than
 * all hits together can win back, so fewest errors come first, most hits second.
 */
function align(said: readonly string[], heard: readonly string[]): AlignedWord[] {
  const width = heard.length + 1;
  const error = Math.min(said.length, heard.length) + 1;
  const cost = new Float64Array((said.length + 1) * width);
  for (let j = 0; j < width; j++) cost[j] = j * error;
  for (let i = 1; i <= said.length; i++) {
    cost[i * width] = i * error;
    for (let j = 1; j < width; j++) {
      const diagonal = cost[(i - 1) * width + j - 1] as number;
      const above = cost[(i - 1) * width + j] as number;
      const before = cost[i * width + j - 1] as number;
      const changed = said[i - 1] === heard[j - 1] ? -1 : error;
      cost[i * width + j] = Math.min(diagonal + changed, above + error, before + error);
    }
  }
  return readBack(said, heard, { cost, error });
}

function readBack(
  said: readonly string[],
  heard: readonly string[],
  { cost, error }: { readonly cost: Float64Array; readonly error: number },
): AlignedWord[] {
  const width = heard.length + 1;
  const at = (i: number, j: number): number => cost[i * width + j] as number;
  const steps: AlignedWord[] = [];
  let [i, j] = [said.length, heard.length];
  while (i > 0 || j > 0) {
    const [reference, hypothesis] = [said[i - 1] as string, heard[j - 1] as string];
    // Deletions and insertions first, so that among equals they come late in the sentence.
    if (i > 0 && at(i, j) === at(i - 1, j) + error) {
      steps.push({ kind: "deletion", reference });
      i--;
    } else if (j > 0 && at(i, j) === at(i, j - 1) + error) {
      steps.push({ kind: "insertion", hypothesis });
      j--;
    } else {
      const kind = reference === hypothesis ? "hit" : "substitution";
      steps.push({ kind, reference, hypothesis });
      i--;
      j--;
    }
  }
  return steps.reverse();
}
