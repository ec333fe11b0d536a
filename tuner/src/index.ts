/** Hyperparameter search; works in Node and in browsers. What needs Node is in `node.ts`. */
import { usePlatform } from "./platform";
import { nodePlatform } from "./storage/node-platform";

export {
  DefinitionError,
  FailedTrialError,
  PrunedTrialError,
  SearchError,
  StorageError,
  TunerError,
  WorkerError,
} from "./errors";
export type { ObjectiveFunction, TrialContext } from "./execution/function-trial";
export type { SearchEnd } from "./execution/search-loop";
export type { Executor, TrialHooks, TrialProgram, TrialTask } from "./execution/trial-program";
export {
  BayesianOptimization,
  GridSearch,
  Hyperband,
  type KerasTunerOptions,
  RandomSearch,
} from "./keras-tuners";
export { type AshaOptions, asha } from "./oracles/asha";
export {
  type BayesianOptimizationOptions,
  bayesianOptimization,
} from "./oracles/bayesian-optimization";
export { type GridSearchOptions, gridSearch } from "./oracles/grid-search";
export { type HyperbandOptions, hyperband } from "./oracles/hyperband";
export type { Draws, Oracle, Plan, PlannedRound, Proposal, StudyView } from "./oracles/oracle";
export { type RandomSearchOptions, randomSearch } from "./oracles/random-search";
export { type TpeOptions, tpe } from "./oracles/tpe";
export type { ModuleExport } from "./platform";
export { type PatientPrunerOptions, patientPruner } from "./pruners/patient-pruner";
export {
  type MedianPrunerOptions,
  medianPruner,
  type PercentilePrunerOptions,
  percentilePruner,
} from "./pruners/percentile-pruner";
export type { Pruner } from "./pruners/pruner";
export {
  type SuccessiveHalvingPrunerOptions,
  successiveHalvingPruner,
} from "./pruners/successive-halving-pruner";
export { type ThresholdPrunerOptions, thresholdPruner } from "./pruners/threshold-pruner";
export type { Figure } from "./report/figures/figure";
export type { Importance, ImportanceOptions } from "./report/importance/importances";
export type { Progress, ProgressStudy, SearchOutcome } from "./report/progress/progress";
export type { BudgetRow, TrialRow, TrialRows } from "./report/trial-rows";
export type { Results } from "./results";
export {
  boolean,
  choice,
  type DeclaredSpace,
  defineSpace,
  fixed,
  float,
  int,
  type ValuesOf,
} from "./search-space/declared-space";
export { HyperParameters } from "./search-space/hyperparameters";
export type { Condition, Parameter, Sampling, Scalar, Values } from "./search-space/parameter";
export { SearchSpace } from "./search-space/search-space";
export { memoryStorage } from "./storage/memory-storage";
export type { StudyEvent } from "./storage/study-event";
export type { StudyStorage } from "./storage/study-storage";
export type { Answer } from "./study/answer";
export { Study } from "./study/study";
export type { StudyOptions } from "./study/study-options";
export { type CheckpointStore, memoryCheckpoints } from "./tfjs/checkpoint-store";
export type { ModelBuilder, TrialFitOptions } from "./tfjs/fit-trial";
export type { ModelSearchOptions } from "./tfjs/model-search";
export type { Fold, Samples, TrainingData } from "./tfjs/training-data";
export type { Direction, Objective } from "./trials/objective";
export type { Budget, Trial, TrialStatus } from "./trials/trial";
export { Tuner } from "./tuner";
export type { SearchOptions, SearchReport, TunerOptions } from "./tuner-options";

usePlatform(nodePlatform);
