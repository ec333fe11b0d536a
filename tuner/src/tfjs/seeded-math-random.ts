/**
 * TensorFlow.js takes all its random numbers from `Math.random`: initial weights, the order of the
 * samples, dropout. Seeding it for the length of a trial makes stock training repeatable.
 */
import { type RandomStream, randomStream } from "../numerics/random-stream";

/** Seeds the random numbers of a trial. */
export interface SeededRandomness {
  /** From now on every random number depends on the trial's seed and this label. */
  reseed(label: string): void;
}

/** What `Math.random` was before the trial that runs, or that was broken off without a `finally`. */
let original: (() => number) | undefined;

/**
 * Runs `work` with a seeded `Math.random` and puts the old one back, however it ends. One at a time:
 * whatever else the process does meanwhile draws from the same numbers.
 *
 * @param seed a whole number
 */
export async function withSeededRandomness<T>(
  seed: number,
  work: (randomness: SeededRandomness) => Promise<T>,
): Promise<T> {
  const before = original ?? Math.random;
  original = before;
  let stream: RandomStream = labelled(seed, "");
  Math.random = () => stream();
  try {
    return await work({
      reseed(label) {
        stream = labelled(seed, label);
      },
    });
  } finally {
    Math.random = before;
    original = undefined;
  }
}

/** Returns a seed for others, a whole number from 0 to 2^31 - 1: another one for each seed and label. */
export function labelledSeed(seed: number, label: string): number {
  return Math.floor(labelled(seed, label)() * 2 ** 31);
}

/** A stream of its own for each seed and label. */
function labelled(seed: number, label: string): RandomStream {
  // FNV-1a, 32 bits, twice from different ends: well spread, though not for secrets.
  let forwards = 0x811c9dc5;
  let backwards = 0x01000193;
  const text = `${seed} ${label}`;
  for (let i = 0; i < text.length; i++) {
    forwards = Math.imul(forwards ^ text.charCodeAt(i), 0x01000193);
    backwards = Math.imul(backwards ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return randomStream(((forwards >>> 0) + (backwards >>> 11) / 2 ** 21) / 2 ** 32);
}
