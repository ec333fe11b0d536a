// Checked by the compiler alone: a scaler that has not learned can't transform, one that has can't
// learn again, and what is held out must be said.
import { minMaxScaler } from "./min-max-scaler";
import { standardScaler } from "./standard-scaler";

const rows = [[1], [2]];
const split = { train: [0], validation: [1] };

export const checks = [
  () => standardScaler().fit(rows, { heldOut: [] }).transform(rows),
  () => standardScaler().fitSplit(rows, split).parts.validation,
  // @ts-expect-error transform before fit
  () => standardScaler().transform(rows),
  // @ts-expect-error a fit of what has been fitted
  () => standardScaler().fit(rows, { heldOut: [] }).fit(rows, { heldOut: [] }),
  // @ts-expect-error nothing said about held-out rows
  () => standardScaler().fit(rows),
  // @ts-expect-error scikit-learn's shortcut, by which scalers learn from test rows
  () => minMaxScaler().fitTransform(rows),
  // @ts-expect-error a part that the split doesn't have
  () => minMaxScaler().fitSplit(rows, split).parts.test,
  // @ts-expect-error a split without training rows
  () => minMaxScaler().fitSplit(rows, { test: [1] }),
];
