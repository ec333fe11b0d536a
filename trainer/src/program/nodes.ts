/** Names of what is fed to a graph beside the data, and of what is fetched. */
export const NODES = {
  /** Numbers of the samples in the order in which they are used: int32 [samples]. */
  order: "order",
  /** int32 [] */
  batchSize: "batch_size",
  /** The first batch, and the one before which to stop: int32 []. */
  begin: "begin",
  end: "end",
  /** What the update of each batch of the epoch multiplies with: float32 [batches]. */
  rates: "rates",
  /** int32 []; see LayerCall.random. */
  seed: "seed",
  /** How many steps there have been before batch 0 of the epoch: int32 []. */
  steps: "steps",
  /** The sums of each batch, in the order of Objective: samples first, then the total. */
  trained: "trained",
  /** The same for a smaller last batch, where that takes another graph. */
  trainedLast: "trained_last",
  evaluated: "evaluated",
  /** The total of all data at once, and its gradient by each trained weight. */
  total: "total",
  gradient: (index: number) => `gradient/${index}`,
} as const;
