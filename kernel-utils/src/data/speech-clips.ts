import { SeededRandom } from "../random";
import { requireCount, requireProportion } from "../ranges";
import { drawByShare } from "./draw-by-share";

/** How a clip was recorded. */
export type SpeechCondition = "quiet" | "car noise" | "people noise" | "low bandwidth";

/** Share, model accuracy and human accuracy of one condition, as proportions. */
export interface SpeechConditionFacts {
  readonly share: number;
  readonly model: number;
  readonly human: number;
}

/** The lecture's conditions: what `makeSpeechClips` draws from, the truth behind a sample. */
export const speechConditions: Readonly<Record<SpeechCondition, SpeechConditionFacts>> = {
  quiet: { share: 0.6, model: 0.94, human: 0.95 },
  "car noise": { share: 0.04, model: 0.89, human: 0.93 },
  "people noise": { share: 0.3, model: 0.87, human: 0.89 },
  "low bandwidth": { share: 0.06, model: 0.7, human: 0.7 },
};

const NOISES = ["car noise", "people noise", "low bandwidth"] as const;

/** One invented clip, transcribed by the model and by a person. */
export interface SpeechClip {
  clip: number;
  condition: SpeechCondition;
  modelRight: boolean;
  humanRight: boolean;
  synthetic: true;
}

/** What to draw; `sharedDifficulty` says how far model and human fail on the same clips. */
export interface SpeechClipOptions {
  /** Number of clips, at least 1; 1,000 unless told. */
  count?: number;
  /** 1 unless told. */
  seed?: number;
  /**
   * 0 (unless told): model and human fail independently. 1: whoever is weaker fails on every clip
   * that defeats the stronger. Accuracies stay as they are; gaps of paired clips get steadier.
   */
  sharedDifficulty?: number;
}

/** Draws the pair (model right, human right) with the given accuracies. */
export function drawOutcome(
  random: SeededRandom,
  model: number,
  human: number,
  sharedDifficulty: number,
): { modelRight: boolean; humanRight: boolean } {
  const bothRight =
    (1 - sharedDifficulty) * model * human + sharedDifficulty * Math.min(model, human);
  const draw = random.random();
  // One draw on a line cut in four: both right, only the model, only the human, neither.
  return {
    modelRight: draw < model,
    humanRight: draw < bothRight || (draw >= model && draw < model + human - bothRight),
  };
}

/**
 * Returns invented speech clips. For each is drawn: a condition, with the lecture's shares (quiet
 * 60 %, car 4 %, people 30 %, low bandwidth 6 %); then whether the model and whether a person
 * transcribes it rightly, with that condition's accuracies (94/95, 89/93, 87/89, 70/70 %).
 *
 * The true gaps are therefore known (1, 4, 2 and 0 points), and what a sample shows can be
 * compared with them.
 *
 * @throws InputError `out-of-range` or `wrong-type` for a count below 1 or not whole, and for a
 *   shared difficulty that is no proportion
 */
export function makeSpeechClips(options: SpeechClipOptions = {}): SpeechClip[] {
  const { count = 1000, seed = 1, sharedDifficulty = 0 } = options;
  requireCount("count", count, 1);
  requireProportion("sharedDifficulty", sharedDifficulty);
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const shares = NOISES.map((noise) => [noise, speechConditions[noise].share] as const);
    const condition = drawByShare<SpeechCondition>(random, shares, "quiet");
    const { model, human } = speechConditions[condition];
    const outcome = drawOutcome(random, model, human, sharedDifficulty);
    return { clip: index + 1, condition, ...outcome, synthetic: true };
  });
}
