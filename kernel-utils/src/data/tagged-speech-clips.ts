import { SeededRandom } from "../random";
import { requireCount, requireProportion } from "../ranges";
import {
  drawOutcome,
  type SpeechClipOptions,
  type SpeechCondition,
  speechConditions,
} from "./speech-clips";

/** One invented clip with every tag that fits; a clip without noise is tagged `quiet`. */
export interface TaggedSpeechClip {
  clip: number;
  tags: SpeechCondition[];
  modelRight: boolean;
  humanRight: boolean;
  synthetic: true;
}

/**
 * How often each noise occurs, whatever else is heard. Cars are more frequent than the lecture's
 * 4 %, so that noises meet often enough to see what overlap does.
 */
export const tagShares = { "car noise": 0.2, "people noise": 0.3, "low bandwidth": 0.06 } as const;

function accuracyWith(tags: readonly SpeechCondition[], who: "model" | "human"): number {
  const quiet = speechConditions.quiet[who];
  return tags.reduce((product, tag) => (product * speechConditions[tag][who]) / quiet, quiet);
}

/**
 * Returns invented speech clips whose tags overlap. For each is drawn: whether it has car noise
 * (20 %), people noise (30 %) and low bandwidth (6 %), each independently of the others; then
 * whether the model and a person transcribe it rightly. Every noise takes away the same share of
 * the quiet accuracy as in the lecture's table, so noises multiply: a car (89/94) with people
 * (87/94) leaves the model .94 x .947 x .926 = .824.
 *
 * Closing every gap would gain 1.81 points; the gains per tag, each counted alone, add up to 2.13,
 * because a clip with two tags counts twice.
 *
 * @throws InputError `out-of-range` or `wrong-type` for a count below 1 or not whole, and for a
 *   shared difficulty that is no proportion
 */
export function makeTaggedSpeechClips(options: SpeechClipOptions = {}): TaggedSpeechClip[] {
  const { count = 1000, seed = 1, sharedDifficulty = 0 } = options;
  requireCount("count", count, 1);
  requireProportion("sharedDifficulty", sharedDifficulty);
  const random = new SeededRandom(seed);
  const noises = Object.keys(tagShares) as (keyof typeof tagShares)[];
  return Array.from({ length: count }, (_, index) => {
    const heard = noises.filter((noise) => random.random() < tagShares[noise]);
    const tags: SpeechCondition[] = heard.length === 0 ? ["quiet"] : heard;
    const outcome = drawOutcome(
      random,
      accuracyWith(heard, "model"),
      accuracyWith(heard, "human"),
      sharedDifficulty,
    );
    return { clip: index + 1, tags, ...outcome, synthetic: true };
  });
}
