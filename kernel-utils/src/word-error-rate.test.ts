import fc from "fast-check";
import { describe, expect, it } from "vitest";
import jiwer from "../fixtures/word_errors.json";
import { loadLectureTable } from "./data/lecture-tables";
import { InputError } from "./errors";
import { formatAlignment, wordErrorRate, wordErrorRates } from "./word-error-rate";

/** The fewest errors and, with these, the most hits among all alignments. */
function bestByTrying(said: readonly string[], heard: readonly string[]): Tried {
  if (said.length === 0 || heard.length === 0) {
    return { errors: said.length + heard.length, hits: 0 };
  }
  const [a, b] = [said.slice(1), heard.slice(1)];
  const step = ({ errors, hits }: Tried, hit: boolean): Tried =>
    hit ? { errors, hits: hits + 1 } : { errors: errors + 1, hits };
  const tried = [
    step(bestByTrying(a, b), said[0] === heard[0]),
    step(bestByTrying(a, heard), false),
    step(bestByTrying(said, b), false),
  ];
  return tried.sort((x, y) => x.errors - y.errors || y.hits - x.hits)[0] as Tried;
}

interface Tried {
  readonly errors: number;
  readonly hits: number;
}

describe("wordErrorRate", () => {
  it.each(jiwer.pairs)("of '$hypothesis' for '$reference' is jiwer's", (expected) => {
    const found = wordErrorRate(expected.reference, expected.hypothesis);
    expect(found.rate.value).toBeCloseTo(expected.rate, 14);
    expect(found.hits + found.substitutions + found.deletions).toBe(found.words);
    expect(found.substitutions + found.deletions + found.insertions).toBe(
      expected.substitutions + expected.deletions + expected.insertions,
    );
    // jiwer takes any alignment with so few errors, ours one with the most hits.
    expect(found.hits).toBeGreaterThanOrEqual(expected.hits);
  });

  it("is 1/3, 1/2, 2/3 and 2/3 for the lecture's clips", () => {
    const rates = loadLectureTable("tag-sheet").rows.map(
      ({ label, prediction }) => wordErrorRate(label, prediction).rate,
    );
    expect(rates.map((rate) => rate.value)).toEqual([1 / 3, 1 / 2, 2 / 3, 2 / 3]);
  });

  it("aligns every word: what the steps say and hear is what was given", () => {
    const words = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 5 });
    fc.assert(
      fc.property(words, words, (said, heard) => {
        const { alignment, hits, substitutions, deletions, insertions } = wordErrorRate(
          said.join(" "),
          heard.join(" "),
        );
        expect(alignment.flatMap((step) => step.reference ?? [])).toEqual(said);
        expect(alignment.flatMap((step) => step.hypothesis ?? [])).toEqual(heard);
        for (const step of alignment) {
          const same = step.reference === step.hypothesis;
          expect(step.kind === "hit").toBe(same);
        }
        const errors = substitutions + deletions + insertions;
        expect(errors).toBeGreaterThanOrEqual(Math.abs(said.length - heard.length));
        expect(errors).toBeLessThanOrEqual(Math.max(said.length, heard.length));
        expect({ errors, hits }).toEqual(bestByTrying(said, heard));
        const back = wordErrorRate(heard.join(" "), said.join(" "));
        expect(back.substitutions + back.deletions + back.insertions).toBe(errors);
      }),
    );
  });

  it("among equal alignments puts deletions and insertions late, as in jiwer's", () => {
    const kinds = (said: string, heard: string) =>
      wordErrorRate(said, heard).alignment.map((word) => word.kind);
    expect(kinds("Let's catch up", "Let's ketchup")).toEqual(["hit", "substitution", "deletion"]);
    expect(kinds("no no", "no")).toEqual(["hit", "deletion"]);
    expect(kinds("no", "no no")).toEqual(["hit", "insertion"]);
  });

  it("puts few errors before many hits", () => {
    expect(wordErrorRate("a a b", "b c c")).toMatchObject({ substitutions: 3, hits: 0 });
    expect(wordErrorRate("sail away", "oh sail")).toMatchObject({ deletions: 1, hits: 1 });
  });

  it("divides by the words said, so it can exceed 1 and depends on the direction", () => {
    expect(wordErrorRate("no", "oh no not again").rate.value).toBe(3);
    expect(wordErrorRate("oh no not again", "no").rate.value).toBe(0.75);
  });

  it("without a word said is undefined: 0 for silence, otherwise the words made up", () => {
    expect(wordErrorRate("", "  ").rate).toEqual({
      value: 0,
      defined: false,
      reason: "the reference has no words",
    });
    expect(wordErrorRate("", "thank you").rate).toMatchObject({ value: 2, defined: false });
    expect(wordErrorRate("thank you", "").rate).toEqual({ value: 1, defined: true });
  });

  it("minds case and punctuation unless told not to", () => {
    expect(wordErrorRate("Let's go.", "lets go").rate.value).toBe(1);
    expect(wordErrorRate("Let's go.", "lets go", { ignoreCase: true }).rate.value).toBe(1);
    expect(wordErrorRate("Let's go.", "Lets go", { ignorePunctuation: true }).rate.value).toBe(0);
    const both = { ignoreCase: true, ignorePunctuation: true };
    expect(wordErrorRate("«Ça va?» – oui…", "ça va oui", both).rate.value).toBe(0);
  });

  it("splits at any white space and takes composed and decomposed letters for the same", () => {
    expect(wordErrorRate(" a\tb\n c ", "a b c").rate.value).toBe(0);
    expect(wordErrorRate("caf\u00e9", "cafe\u0301").rate.value).toBe(0);
  });

  it("handles two transcripts of 2,000 words within a second", () => {
    const long = Array.from({ length: 2000 }, (_, i) => `w${(i * 7) % 50}`);
    const start = performance.now();
    expect(wordErrorRate(long.join(" "), long.slice(1).join(" ")).deletions).toBe(1);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("refuses what is no text", () => {
    const call = () => wordErrorRate(JSON.parse("3"), "three");
    expect(call).toThrow(InputError);
    expect(call).toThrow("reference: expected text, got number");
  });
});

describe("wordErrorRates", () => {
  const { rows } = loadLectureTable("tag-sheet");
  const [said, heard] = [rows.map((row) => row.label), rows.map((row) => row.prediction)];

  it("pools the lecture's clips to 6/11; the mean of their rates is 54.2 %", () => {
    const errors = wordErrorRates(said, heard);
    expect(errors.rate).toEqual({ value: 6 / 11, defined: true });
    expect(errors.words).toBe(11);
    expect(100 * errors.meanRate.value).toBeCloseTo(54.17, 2);
    expect(errors.transcripts).toHaveLength(4);
  });

  it("pools as jiwer does, with and without case and punctuation", () => {
    const [references, hypotheses] = [
      jiwer.pairs.map((pair) => pair.reference),
      jiwer.pairs.map((pair) => pair.hypothesis),
    ];
    expect(wordErrorRates(references, hypotheses).rate.value).toBeCloseTo(jiwer.pooled.rate, 14);
    const plain = { ignoreCase: true, ignorePunctuation: true };
    const found = wordErrorRates(references, hypotheses, plain);
    expect(found.rate.value).toBeCloseTo(jiwer.pooledPlain.rate, 14);
  });

  it("counts words made up of silence in the pool but leaves their rate out of the mean", () => {
    const errors = wordErrorRates(["", "a b"], ["x", "a c"]);
    expect(errors.rate.value).toBe(1);
    expect(errors.meanRate).toEqual({ value: 0.5, defined: true });
    expect(wordErrorRates([""], [""]).meanRate).toMatchObject({ value: 0, defined: false });
  });

  it.each([
    ["no transcripts", [], [], "references is empty"],
    ["unequal numbers", ["a"], ["a", "b"], "references has 1 values, hypotheses has 2"],
  ])("refuses %s", (_, references, hypotheses, message) => {
    expect(() => wordErrorRates(references, hypotheses)).toThrow(InputError);
    expect(() => wordErrorRates(references, hypotheses)).toThrow(message);
  });
});

describe("formatAlignment", () => {
  it("marks each error below its words", () => {
    const { alignment } = wordErrorRate("sail away song", "oh sell away");
    expect(formatAlignment(alignment)).toBe(
      [
        "said   sail  ***   away  song",
        "heard  oh    sell  away  ***",
        "       S     I           D",
      ].join("\n"),
    );
  });

  it("of no words is the titles alone", () => {
    expect(formatAlignment([])).toBe("said\nheard\n");
  });
});
