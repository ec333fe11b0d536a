import { describe, expect, it } from "vitest";
import pandas from "../fixtures/tag_measures.json";
import { makeTaggedSpeechClips } from "./data/tagged-speech-clips";
import { InputError } from "./errors";
import { jointHeadroom } from "./joint-headroom";
import { SeededRandom } from "./random";
import { tagMeasures } from "./tag-measures";

const { rows } = pandas;
const tags = ["car", "people", "low bandwidth"];
const human = (row: { human: number }) => row.human;

describe("jointHeadroom", () => {
  it.each([
    ["plain", pandas.plain, {}],
    ["weighted", pandas.weighted, { weight: (row: { weight: number }) => row.weight }],
  ])("is what pandas computes, %s", (_, expected, options) => {
    const joint = jointHeadroom(rows, { human, tags, ...options });
    expect(joint.headroom).toBeCloseTo(expected.joint, 12);
    expect(joint.tags.map((tag) => tag.part)).toHaveLength(3);
    for (const [i, tag] of joint.tags.entries()) {
      expect(tag.part).toBeCloseTo(expected.parts[i] as number, 12);
      expect(tag.alone).toBeCloseTo(expected.measures[i]?.impact as number, 12);
    }
    const two = jointHeadroom(rows, { human, tags: ["people", "car"], ...options });
    expect(two.headroom).toBeCloseTo(expected.twoTags, 12);
  });

  it("is the sum of its parts, and less than the sum of the tags where they overlap", () => {
    const joint = jointHeadroom(rows, { human });
    expect(joint.tags.reduce((sum, tag) => sum + tag.part, 0)).toBeCloseTo(joint.headroom, 12);
    expect(joint.tags.reduce((sum, tag) => sum + tag.alone, 0)).toBeCloseTo(joint.sumOfTags, 12);
    expect(joint.sumOfTags).toBeGreaterThan(joint.headroom);
  });

  it("depends neither on the order of rows nor on that of tags", () => {
    const joint = jointHeadroom(rows, { human, tags });
    const mixed = new SeededRandom(1).shuffle(rows);
    const other = jointHeadroom(
      mixed.map((row) => ({ ...row, tags: [...row.tags].reverse() })),
      { human, tags: [...tags].reverse() },
    );
    expect(other.headroom).toBeCloseTo(joint.headroom, 12);
    for (const { tag, part } of joint.tags) {
      expect(other.tags.find((one) => one.tag === tag)?.part).toBeCloseTo(part, 12);
    }
  });

  it("with disjoint tags is the sum of the tags' impacts", () => {
    const disjoint = rows.map((row) => ({ ...row, tags: row.tags.slice(0, 1) }));
    const joint = jointHeadroom(disjoint, { human });
    const { tags, untagged, all } = tagMeasures(disjoint, { human });
    const sum = tags.reduce((total, tag) => total + (tag.impact as number), 0);
    expect(joint.headroom).toBeCloseTo(sum, 12);
    expect(joint.headroom + (untagged.impact as number)).toBeCloseTo(all.impact as number, 12);
    expect(joint.dataShare + untagged.dataShare).toBeCloseTo(1, 12);
  });

  it("comes near what the simulated clips promise: 1.81 points together, 2.13 as a sum", () => {
    const clips = makeTaggedSpeechClips({ count: 100_000, sharedDifficulty: 1 }).map((clip) => ({
      ...clip,
      correct: clip.modelRight,
    }));
    const noises = ["car noise", "people noise", "low bandwidth", "quiet"];
    const joint = jointHeadroom(clips, { human: (clip) => clip.humanRight, tags: noises });
    expect(100 * joint.headroom).toBeCloseTo(1.81, 0);
    expect(100 * (joint.sumOfTags - joint.headroom)).toBeCloseTo(0.32, 1);
  });

  it("of a tag that no row has is 0, also named twice", () => {
    const joint = jointHeadroom(rows, { human, tags: ["rain", "rain"] });
    expect(joint).toEqual({
      headroom: 0,
      sumOfTags: 0,
      dataShare: 0,
      tags: [{ tag: "rain", alone: 0, part: 0 }],
    });
  });

  it.each([
    ["no rows", () => jointHeadroom([], { human: () => 1 }), "rows is empty"],
    ["per cents", () => jointHeadroom(rows, { human: () => 95 }), "Divide by 100"],
    ["negative weights", () => jointHeadroom(rows, { human, weight: () => -2 }), "is -2"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
