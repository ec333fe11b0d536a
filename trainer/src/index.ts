export { type CompiledModel, type CompileOptions, compile, explain } from "./compile";
export {
  CannotCompileError,
  NumericsError,
  type NumericsMoment,
  TrainingArgumentError,
} from "./errors";
export type { FitData, FitDatasetOptions, FitOptions, SampleWeights } from "./fit/arguments";
export type { Explanation, Way } from "./fit/choose-runner";
export type { BatchDataset } from "./fit/dataset-batches";
export type { ClippingOptions } from "./optimizers/clipping";
export type { Fold, PairOfTensors } from "./parallel/shared-data";
export {
  type TrainAllData,
  type TrainAllOptions,
  type Trained,
  trainAll,
} from "./parallel/train-all";
export {
  type CosineDecayOptions,
  cosineDecay,
  type DecayOptions,
  exponentialDecay,
  inverseTimeDecay,
  type LearningRateSchedule,
  type PiecewiseConstantOptions,
  type PolynomialDecayOptions,
  piecewiseConstant,
  polynomialDecay,
} from "./schedules";
export { disposeIdleSessions } from "./session/session-cache";
