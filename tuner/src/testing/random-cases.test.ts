import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { replayTranscript } from "./replay-transcript";
import type { Transcript } from "./transcript";

// tests/tuner/differential.py makes them, and names others here to have them replayed.
const recorded =
  process.env.HEADROOM_TRANSCRIPTS ??
  fileURLToPath(new URL("../../fixtures/keras-tuner/random-cases.json", import.meta.url));
const transcripts: readonly Transcript[] = JSON.parse(readFileSync(recorded, "utf8"));

describe("spaces nobody listed, as Keras Tuner searched them", () => {
  it.each(transcripts.map((transcript) => [transcript.case.name, transcript] as const))(
    "%s is replayed without a difference",
    (_, transcript) => {
      expect(replayTranscript(transcript)).toEqual([]);
    },
  );
});
