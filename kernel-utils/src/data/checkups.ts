import { SeededRandom } from "../random";
import { requireCount } from "../ranges";
import { drawByShare } from "./draw-by-share";

/** One invented medical check-up, read by a model. */
export interface Checkup {
  patient: number;
  sex: "female" | "male";
  group: "A" | "B" | "C";
  day: "weekday" | "weekend";
  /** 1 to 10; makes no difference to anything. */
  clinic: number;
  disease: "none" | "common" | "rare";
  /** What the model said. */
  flagged: boolean;
  synthetic: true;
}

/** What to draw. */
export interface CheckupOptions {
  /** Number of patients, at least 1; 5,000 unless told. */
  count?: number;
  /** 1 unless told. */
  seed?: number;
}

/**
 * What `makeCheckups` draws from, as proportions: how often each slice occurs, and what it takes
 * away from the model's sensitivity. Sex and clinic take away nothing: a slice that stands out
 * there does so by chance.
 */
export const checkupFacts = {
  shares: { male: 0.5, B: 0.2, C: 0.1, weekend: 2 / 7, common: 0.08, rare: 0.01 },
  sensitivity: 0.92,
  loss: { C: 0.08, weekend: 0.1, rare: 0.25 },
  falseAlarms: 0.06,
  clinics: 10,
} as const;

/**
 * Returns invented check-ups whose weak slices are known. For each is drawn: sex (half and half),
 * group (A 70 %, B 20 %, C 10 %), day (weekend 2 in 7), clinic (1 to 10), disease (common 8 %, rare
 * 1 %), each independently of the others; then whether the model flags the patient: the healthy in
 * 6 %, the ill in 92 %, less 8 points in group C, less 10 at the weekend, less 25 for the rare
 * disease.
 *
 * @throws InputError `out-of-range` or `wrong-type` for a count below 1 or not whole
 */
export function makeCheckups(options: CheckupOptions = {}): Checkup[] {
  const { count = 5000, seed = 1 } = options;
  requireCount("count", count, 1);
  const { shares, sensitivity, loss, falseAlarms, clinics } = checkupFacts;
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const sex = drawByShare<Checkup["sex"]>(random, [["male", shares.male]], "female");
    const groups = [["B", shares.B] as const, ["C", shares.C] as const];
    const group = drawByShare<Checkup["group"]>(random, groups, "A");
    const day = drawByShare<Checkup["day"]>(random, [["weekend", shares.weekend]], "weekday");
    const clinic = 1 + Math.floor(random.random() * clinics);
    const diseases = [["common", shares.common] as const, ["rare", shares.rare] as const];
    const disease = drawByShare<Checkup["disease"]>(random, diseases, "none");
    const lost =
      (group === "C" ? loss.C : 0) +
      (day === "weekend" ? loss.weekend : 0) +
      (disease === "rare" ? loss.rare : 0);
    const chance = disease === "none" ? falseAlarms : sensitivity - lost;
    const flagged = random.random() < chance;
    return { patient: index + 1, sex, group, day, clinic, disease, flagged, synthetic: true };
  });
}
