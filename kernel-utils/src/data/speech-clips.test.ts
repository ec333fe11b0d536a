import { describe, expect, it } from "vitest";
import reference from "../../fixtures/synthetic.json";
import { makeSpeechClips, type SpeechClip, speechConditions } from "./speech-clips";

const mean = (clips: SpeechClip[], of: (clip: SpeechClip) => boolean) =>
  clips.filter(of).length / clips.length;

describe("makeSpeechClips", () => {
  it("draws what the reference draws from the same seed", () => {
    const options = { count: reference.speechClips.length, seed: reference.seed };
    expect(makeSpeechClips(options)).toEqual(reference.speechClips);
    const shared = makeSpeechClips({ ...options, sharedDifficulty: 0.8 });
    expect(shared).toEqual(reference.speechClipsShared);
  });

  it("gives the same rows for a seed, other rows for another, 1,000 unless told", () => {
    expect(makeSpeechClips()).toEqual(makeSpeechClips({ count: 1000, seed: 1 }));
    expect(makeSpeechClips({ seed: 2 })).not.toEqual(makeSpeechClips({ seed: 3 }));
    expect(makeSpeechClips({ count: 1 })).toHaveLength(1);
  });

  it("has the lecture's shares and accuracies, whatever the shared difficulty", () => {
    for (const sharedDifficulty of [0, 0.5, 1]) {
      const clips = makeSpeechClips({ count: 100_000, sharedDifficulty });
      for (const [condition, { share, model, human }] of Object.entries(speechConditions)) {
        const here = clips.filter((clip) => clip.condition === condition);
        // Five standard errors: sqrt(.25 / n) bounds the error of any proportion.
        expect(Math.abs(here.length / clips.length - share)).toBeLessThan(0.008);
        const bound = 5 * Math.sqrt(0.25 / here.length);
        expect(Math.abs(mean(here, (clip) => clip.modelRight) - model)).toBeLessThan(bound);
        expect(Math.abs(mean(here, (clip) => clip.humanRight) - human)).toBeLessThan(bound);
      }
    }
  });

  it("lets model and human fail apart at 0, and on the same clips at 1", () => {
    const people = (sharedDifficulty: number) =>
      makeSpeechClips({ count: 50_000, sharedDifficulty }).filter(
        ({ condition }) => condition === "people noise",
      );
    const bothRight = (clips: SpeechClip[]) =>
      mean(clips, ({ modelRight, humanRight }) => modelRight && humanRight);
    expect(bothRight(people(0))).toBeCloseTo(0.87 * 0.89, 2);
    expect(bothRight(people(1))).toBeCloseTo(0.87, 2);
    const modelOnly = people(1).filter(({ modelRight, humanRight }) => modelRight && !humanRight);
    expect(modelOnly).toEqual([]);
  });

  it("refuses counts and shared difficulties that make no sense", () => {
    for (const count of [0, -1, 2.5, Number.NaN]) {
      expect(() => makeSpeechClips({ count })).toThrow(/^count: expected/);
    }
    for (const sharedDifficulty of [-0.1, 50, Number.NaN]) {
      expect(() => makeSpeechClips({ sharedDifficulty })).toThrow(/^sharedDifficulty: expected/);
    }
  });
});

describe("speechConditions", () => {
  it("makes up all the data, with the lecture's gaps", () => {
    const facts = Object.values(speechConditions);
    expect(facts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(facts.map(({ model, human }) => Math.round(100 * (human - model)))).toEqual([
      1, 4, 2, 0,
    ]);
  });
});
