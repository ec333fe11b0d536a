import { describe, expect, it } from "vitest";
import reference from "../../fixtures/synthetic.json";
import { makeTaggedSpeechClips, tagShares } from "./tagged-speech-clips";

const clips = makeTaggedSpeechClips({ count: 400_000 });
const gain = (of: typeof clips) =>
  of.reduce((sum, clip) => sum + Number(clip.humanRight) - Number(clip.modelRight), 0) /
  clips.length;

describe("makeTaggedSpeechClips", () => {
  it("draws what the reference draws from the same seed", () => {
    const { taggedSpeechClips: expected, seed } = reference;
    expect(makeTaggedSpeechClips({ count: expected.length, seed })).toEqual(expected);
  });

  it("tags each noise with its share, independently; quiet stands alone", () => {
    for (const [tag, share] of Object.entries(tagShares)) {
      const tagged = clips.filter(({ tags }) => tags.some((name) => name === tag));
      expect(tagged.length / clips.length).toBeCloseTo(share, 2);
    }
    const both = clips.filter(
      ({ tags }) => tags.includes("car noise") && tags.includes("people noise"),
    );
    expect(both.length / clips.length).toBeCloseTo(0.2 * 0.3, 2);
    const quiet = clips.filter(({ tags }) => tags.includes("quiet"));
    expect(quiet.every(({ tags }) => tags.length === 1)).toBe(true);
    expect(quiet.length / clips.length).toBeCloseTo(0.8 * 0.7 * 0.94, 2);
  });

  it("multiplies what noises take away", () => {
    const both = clips.filter(({ tags }) => tags.join() === "car noise,people noise");
    const rate = (right: "modelRight" | "humanRight") =>
      both.filter((clip) => clip[right]).length / both.length;
    expect(rate("modelRight")).toBeCloseTo((0.89 * 0.87) / 0.94, 2);
    expect(rate("humanRight")).toBeCloseTo((0.93 * 0.89) / 0.95, 2);
  });

  it("has gains per tag that add up to more than the whole gain", () => {
    const names = ["quiet", "car noise", "people noise", "low bandwidth"] as const;
    const perTag = names.map((name) => gain(clips.filter(({ tags }) => tags.includes(name))));
    const sum = perTag.reduce((total, part) => total + part, 0);
    // 1.81 and 2.13 points in truth; the standard error here is about .07 points.
    expect(100 * gain(clips)).toBeGreaterThan(1.81 - 0.3);
    expect(100 * gain(clips)).toBeLessThan(1.81 + 0.3);
    expect(100 * (sum - gain(clips))).toBeGreaterThan(0.2);
    expect(100 * (sum - gain(clips))).toBeLessThan(0.45);
  });

  it("refuses counts and shared difficulties that make no sense", () => {
    expect(() => makeTaggedSpeechClips({ count: 0 })).toThrow(/^count: expected/);
    expect(() => makeTaggedSpeechClips({ sharedDifficulty: 2 })).toThrow(/^sharedDifficulty/);
  });
});
