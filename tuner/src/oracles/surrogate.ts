import type { EncodedSpace } from "../numerics/encoded-space";
import type { GaussianProcess } from "../numerics/gaussian-process";
import { fitKernel, type KernelFamily } from "../numerics/kernel-fit";
import type { Trial } from "../trials/trial";
import type { Losses } from "./losses";

/** What stands for the function that is searched: what is expected at points, and what is known. */
export interface Surrogate {
  readonly process: GaussianProcess;
  /** The least value, standardised. */
  readonly least: number;
  /** The points of all trials that ended, best first. */
  readonly ranked: readonly Float64Array[];
}

/** A fit takes time with the cube of the trials: of more of them the best and the newest are used. */
const MOST_OBSERVATIONS = 128;

/** Returns values to which the process is fitted, for losses: in the same order, lower is better. */
export type Scale = (losses: readonly number[]) => readonly number[];

/**
 * Returns the losses on a scale on which bad ones differ less: log(1 + (loss - best) / (median - best)). How
 * bad the worst corners of a space are would else decide what counts as a difference among the good points.
 */
export const compressed: Scale = (losses) => {
  const sorted = losses.toSorted((a, b) => a - b);
  const best = sorted[0] as number;
  const unit =
    (sorted[Math.floor(sorted.length / 2)] as number) - best || (sorted.at(-1) as number) - best;
  return unit > 0 ? losses.map((loss) => Math.log1p((loss - best) / unit)) : losses;
};

/**
 * Returns a Gaussian process of a family, fitted to a study's trials. Parameters that are not active count as
 * if they had their default. Failed trials count as the worst loss, pruned ones as no better than where the
 * worst quarter of the completed ones begins. Then running trials count as if they had ended a standard
 * deviation worse than expected.
 *
 * @param scale the losses' own as they are by default
 */
export function surrogateOf(
  space: EncodedSpace,
  losses: Losses,
  family: KernelFamily,
  scale: Scale = (own) => own,
): Surrogate {
  const pointOf = (trial: Trial) => space.withDefaults(space.encode(trial.values));
  const observed = observedLosses(losses);
  const points = observed.map(({ trial }) => pointOf(trial));
  const categories = space.axes.map((axis) => axis.isCategory);
  const values = scale(observed.map(({ loss }) => loss));
  const { process } = fitKernel({ points, values, categories }, family);
  const running = losses.pending.map(pointOf);
  const pessimistic = running.map((point) => {
    const { mean, std } = process.predict(point);
    return mean + std;
  });
  const order = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  const { standard } = process;
  return {
    process: running.length > 0 ? process.observing(running, pessimistic) : process,
    least: ((values[order[0] as number] as number) - standard.mean) / standard.scale,
    ranked: order.map((index) => points[index] as Float64Array),
  };
}

function observedLosses({ completed, pruned, failed }: Losses): { trial: Trial; loss: number }[] {
  const known = completed.length > 0 ? completed : pruned;
  const sorted = known.map(({ loss }) => loss).sort((a, b) => a - b);
  const poor = sorted[Math.floor((3 * sorted.length) / 4)] as number;
  const worst = sorted.at(-1) as number;
  const all = [
    ...completed,
    ...pruned.map(({ trial, loss }) => ({ trial, loss: Math.max(loss, poor) })),
    ...failed.map((trial) => ({ trial, loss: worst })),
  ].sort((a, b) => a.trial.number - b.trial.number);
  if (all.length <= MOST_OBSERVATIONS) {
    return all;
  }
  const best = all.toSorted((a, b) => a.loss - b.loss).slice(0, MOST_OBSERVATIONS / 2);
  const kept = new Set([...best, ...all.slice(-MOST_OBSERVATIONS / 2)]);
  return all.filter((one) => kept.has(one));
}
