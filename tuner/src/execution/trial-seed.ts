import type { Trial } from "../trials/trial";

/**
 * Returns the seed of all random numbers of a trial, 0 to 2^32 - 1: one for each trial of a study, and
 * the same for a trial and those that continue it, so that training goes on as if it had not stopped.
 */
export function trialSeed(studySeed: number, trial: Trial, trials: readonly Trial[]): number {
  let root = trial;
  while (root.budget?.promotedFrom !== undefined) {
    const { promotedFrom } = root.budget;
    const earlier = trials.find(({ id }) => id === promotedFrom);
    if (earlier === undefined) break;
    root = earlier;
  }
  // A finalizer of MurmurHash3 spreads neighbouring numbers.
  let hash = (Math.imul(studySeed | 0, 0x9e3779b1) ^ Math.imul(root.number + 1, 0x85ebca6b)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
