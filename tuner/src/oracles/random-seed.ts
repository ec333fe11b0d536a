/** Returns a seed from 1 to 10,000 that nobody chose, for oracles without one: Keras Tuner's range. */
export function randomSeed(): number {
  return 1 + Math.floor(Math.random() * 10_000);
}
