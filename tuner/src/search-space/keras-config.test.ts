import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromKerasSpec, type KerasSpec, toKerasConfig } from "./keras-config";
import { SearchSpace } from "./search-space";

const golden = new URL("../../fixtures/keras-tuner/golden/", import.meta.url);

/** What this test reads of a transcript. */
interface Transcript {
  readonly case: { readonly space?: readonly KerasSpec[]; readonly discover?: object };
  readonly final?: { readonly space: unknown };
}

describe("a space is exported as Keras Tuner writes it", () => {
  const transcripts = readdirSync(golden)
    .map((name) => ({ name, file: readFileSync(new URL(name, golden), "utf8") }))
    .map(({ name, file }) => ({ name, ...(JSON.parse(file) as Transcript) }))
    // Discovered parameters are the study's to test.
    .filter((one) => one.final && one.case.space && !one.case.discover);

  for (const transcript of transcripts) {
    it(`in ${transcript.name}`, () => {
      const space = new SearchSpace((transcript.case.space ?? []).map(fromKerasSpec));
      expect(toKerasConfig(space)).toEqual(transcript.final?.space);
    });
  }

  it("in most of the transcripts", () => {
    expect(transcripts.length).toBeGreaterThan(12);
  });

  it("with a choice of true and false as one of 1 and 0", () => {
    const spec: KerasSpec = { kind: "Choice", name: "a", values: [true, false], default: false };
    expect(fromKerasSpec(spec)).toMatchObject({ values: [1, 0], default: 0, ordered: true });
  });
});
