// The library's table of contents.

export {
  agreementOfShares,
  cohenKappa,
  fleissKappa,
  type PairwiseAgreement,
  pairwiseAgreement,
} from "./agreement";
export type { Annotations } from "./annotations";
export {
  type AverageOptions,
  type AverageScores,
  type ClassScores,
  macroAverage,
  microAverage,
  perClass,
  weightedAverage,
} from "./averages";
export {
  type Baseline,
  type FittedBaseline,
  type FittedMajority,
  type FittedStratified,
  majorityClass,
  stratifiedRandom,
} from "./baselines";
export {
  type BinaryCounts,
  type BinaryOptions,
  binaryConfusion,
  binaryCounts,
} from "./binary-counts";
export {
  type BootstrapMethod,
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapRows,
  type ColumnsBootstrapOptions,
  type Statistic,
} from "./bootstrap";
export { check, checkClose } from "./check";
export {
  chooseThreshold,
  type MistakeCosts,
  type ThresholdChoice,
  type ThresholdGoal,
} from "./choose-threshold";
export {
  type BinaryMetric,
  type FBetaOptions,
  f1,
  falsePositiveRate,
  fBeta,
  negativePredictiveValue,
  precision,
  recall,
  specificity,
} from "./classification-metrics";
export {
  ClassificationReport,
  classificationReport,
  type ReportRow,
} from "./classification-report";
export {
  binaryMatrix,
  type ConfusionFormat,
  ConfusionMatrix,
  type ConfusionOptions,
  type ConfusionRow,
  confusionMatrix,
  type NormaliseBy,
} from "./confusion-matrix";
export { type CorrectedIntervalOptions, correctedInterval } from "./corrected-interval";
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type FoldResult,
} from "./cross-validate";
export { loadBreastCancer } from "./data/breast-cancer";
export { type Checkup, type CheckupOptions, checkupFacts, makeCheckups } from "./data/checkups";
export { toDataFrame } from "./data/data-frame";
export {
  type ColumnDescription,
  type Dataset,
  type DatasetDescription,
  datasetRows,
  pickFeatures,
} from "./data/dataset";
export { type DigitsDataset, loadDigits } from "./data/digits";
export {
  type FashionMnist,
  type FashionMnistOptions,
  type FashionMnistSource,
  type ImageSet,
  loadFashionMnist,
} from "./data/fashion-mnist";
export {
  type LectureTable,
  type LectureTableName,
  type LectureTables,
  lectureTableNames,
  loadLectureTable,
} from "./data/lecture-tables";
export { type Loan, type LoanOptions, makeLoans } from "./data/loans";
export { makeSales, type Sale, type SalesOptions } from "./data/sales";
export {
  makeSpeechClips,
  type SpeechClip,
  type SpeechClipOptions,
  type SpeechCondition,
  type SpeechConditionFacts,
  speechConditions,
} from "./data/speech-clips";
export {
  makeTaggedSpeechClips,
  type TaggedSpeechClip,
  tagShares,
} from "./data/tagged-speech-clips";
export { loadWine } from "./data/wine";
export { type DisplayOptions, display, toMimeBundle } from "./display";
export { applyDropout, type DropoutScaling, dropoutMask, predictWithDropout } from "./dropout";
export { type EarlyStopping, type EarlyStoppingOptions, earlyStopping } from "./early-stopping";
export {
  CheckError,
  DataFileError,
  type ErrorCode,
  FoldError,
  HeadroomError,
  InputError,
} from "./errors";
export type { FeatureRows } from "./feature-rows";
export type { Axis, Figure, Layout, Trace } from "./figure";
export type { Fold } from "./fold";
export type { FoldAt, FoldSteps, PrepareStep, SampleColumn } from "./fold-steps";
export {
  type FreshDropout,
  type FreshDropoutOptions,
  freshDropout,
  registerFreshDropout,
} from "./fresh-dropout";
export {
  type GridSearch,
  type GridSearchOptions,
  gridSearch,
  type SettingAt,
  type SettingResult,
} from "./grid-search";
export { type GroupFoldOptions, groupKFold } from "./group-k-fold";
export {
  type Headroom,
  type HeadroomCondition,
  type HeadroomRow,
  type HeadroomRows,
  type HeadroomTable,
  type HeadroomTotals,
  headroomTable,
  type RankedBy,
  rankRows,
} from "./headroom";
export {
  type HumanAccuracy,
  type HumanAgreement,
  type HumanLabels,
  humanLevel,
} from "./human-level";
export type { Label, LabelColumn, NumberColumn, SeriesLike, TensorLike } from "./inputs";
export {
  type DifferenceMethod,
  type DifferenceOptions,
  differenceInterval,
  type Interval,
  type Proportion,
  pairedDifferenceInterval,
  wilsonInterval,
} from "./intervals";
export {
  type JointHeadroom,
  type JointHeadroomOptions,
  jointHeadroom,
  type TagHeadroom,
} from "./joint-headroom";
export { type KFoldOptions, kFold, type RepeatedFoldOptions, repeatedKFold } from "./k-fold";
export { type DisplayedBundle, type KernelDisplay, kernelSymbol } from "./kernel-display";
export {
  type LearningCurve,
  type LearningCurveOptions,
  type LearningCurvePoint,
  type LearningCurveRun,
  type LearningCurveScore,
  learningCurve,
  type ScoreSummary,
} from "./learning-curve";
export { meanInterval } from "./mean-interval";
export {
  bundle,
  type Displayable,
  displaySymbol,
  html,
  latex,
  type MimeBundle,
  markdown,
  svg,
} from "./mime-bundle";
export {
  type FittedMinMaxScaler,
  type MinMaxScalerOptions,
  minMaxScaler,
} from "./min-max-scaler";
export type { MonitorMode } from "./monitor-direction";
export { type FittedNearestMean, nearestMean } from "./nearest-mean";
export { type NeighboursOptions, nearestNeighbours } from "./nearest-neighbours";
export {
  type NestedCrossValidateOptions,
  type NestedCrossValidation,
  type NestedFold,
  nestedCrossValidate,
} from "./nested-cross-validate";
export {
  accuracy,
  balancedAccuracy,
  matthewsCorrelation,
  type OverallMetric,
} from "./overall-metrics";
export { greys, okabeIto, type Style, series, styles } from "./palette";
export { parameterGrid, type Setting } from "./parameter-grid";
export { type AveragedMasksOptions, averagedMasksFigure } from "./plots/averaged-masks-figure";
export { type BarsOptions, bars } from "./plots/bars";
export {
  type BaselineLadderOptions,
  baselineLadderFigure,
  type LadderRung,
} from "./plots/baseline-ladder-figure";
export {
  type BracketBarsOptions,
  type BracketRound,
  bracketBarsFigure,
} from "./plots/bracket-bars-figure";
export { type CaseDotsOptions, type CasePanel, caseDotsFigure } from "./plots/case-dots-figure";
export { type ClassScoresOptions, classScoresFigure } from "./plots/class-scores-figure";
export { type ConditionGapOptions, conditionGapFigure } from "./plots/condition-gap-figure";
export {
  confusionMatrixFigure,
  confusionMatrixMark,
  type FindingOptions,
  type MatrixCounts,
} from "./plots/confusion-matrix-figure";
export {
  type DifferenceIntervalsOptions,
  differenceIntervalsFigure,
  type NamedInterval,
} from "./plots/difference-intervals-figure";
export { type DotsOptions, dots, type Whiskers, whiskers } from "./plots/dots";
export { type DumbbellsOptions, dumbbells } from "./plots/dumbbells";
export { type FoldMap, type FoldMapOptions, foldMapFigure } from "./plots/fold-map-figure";
export { type FoldScoresOptions, foldScoresFigure } from "./plots/fold-scores-figure";
export {
  type GainByEffortOptions,
  gainByEffortFigure,
  type MeasuredGain,
  type PromisedGain,
} from "./plots/gain-by-effort-figure";
export {
  type GapBySampleSizeOptions,
  gapBySampleSizeFigure,
} from "./plots/gap-by-sample-size-figure";
export { blues, type HeatmapOptions, heatmap, ink, viridis } from "./plots/heatmap";
export { type GridImage, type ImageGridOptions, imageGridFigure } from "./plots/image-grid-figure";
export { type ImpactAreaOptions, impactAreaFigure } from "./plots/impact-area-figure";
export { type Leak, leakLadderFigure } from "./plots/leak-ladder-figure";
export {
  type LearningCurveFigureOptions,
  learningCurveFigure,
} from "./plots/learning-curve-figure";
export { type LineOptions, line } from "./plots/line";
export { inPanel, type Mark } from "./plots/mark";
export {
  type MeanImage,
  type NearestMeanOptions,
  nearestMeanFigure,
  type PickedImage,
} from "./plots/nearest-mean-figure";
export { type NeuronMasksOptions, neuronMasksFigure } from "./plots/neuron-masks-figure";
export {
  horizontalLine,
  type NoteOptions,
  note,
  type RegionOptions,
  type RuleOptions,
  region,
  segment,
  verticalLine,
} from "./plots/notes";
export {
  type ChosenModel,
  type OptimismOptions,
  type OptimismStep,
  optimismFigure,
} from "./plots/optimism-figure";
export {
  type PairedStripsOptions,
  pairedStripsFigure,
  type StripPairs,
} from "./plots/paired-strips-figure";
export { type FigureOptions, figure, type GridOptions, type Panel, panels } from "./plots/panels";
export {
  type PatienceFigureOptions,
  type PatienceRuns,
  patienceFigure,
} from "./plots/patience-figure";
export {
  type PrecisionRecallSeries,
  precisionRecallFigure,
  precisionRecallMark,
} from "./plots/precision-recall-figure";
export {
  type MarkedPrevalence,
  type PrevalenceFigureOptions,
  prevalenceFigure,
} from "./plots/prevalence-figure";
export {
  type PromotionsOptions,
  promotionsFigure,
  type TrainedConfiguration,
} from "./plots/promotions-figure";
export {
  type RateByDraw,
  type RateByDrawOptions,
  rateByDrawFigure,
} from "./plots/rate-by-draw-figure";
export { type RateSweep, type RateSweepOptions, rateSweepFigure } from "./plots/rate-sweep-figure";
export { type RocSeries, rocFigure, rocMark } from "./plots/roc-figure";
export { type SliderOptions, type StepOptions, withButtons, withSlider } from "./plots/steps";
export { type StoppingEpochsOptions, stoppingEpochsFigure } from "./plots/stopping-epochs-figure";
export { type TagShareOptions, type TagShares, tagShareFigure } from "./plots/tag-share-figure";
export {
  type ClassNames,
  type ThresholdFigureOptions,
  thresholdFigure,
} from "./plots/threshold-figure";
export {
  type TwoWayRuns,
  type TwoWayRunsOptions,
  twoWayRunsFigure,
} from "./plots/two-way-runs-figure";
export {
  averagePrecision,
  type PrecisionRecallCurve,
  precisionRecallCurve,
} from "./precision-recall-curve";
export { SeededRandom } from "./random";
export { auroc, type CurveOptions, type RocCurve, rocCurve } from "./ranking-metrics";
export { fScore, precisionAt, type TestQuality } from "./rates";
export type {
  FittedScaler,
  PartPositions,
  ScaledParts,
  Scaler,
  ScalerFitOptions,
} from "./scaler";
export { formatScore, type Score } from "./score";
export { seedWeights } from "./seed-weights";
export { type SeededFitOptions, seededFit } from "./seeded-fit";
export { type Split, type SplitOptions, stratifiedSplit, trainTestSplit } from "./splits";
export { type FittedStandardScaler, standardScaler } from "./standard-scaler";
export { figureToPng, figureToSvg, type PictureOptions } from "./static-picture";
export { stoppingHistory } from "./stopping-history";
export type { StoppingOptions, StoppingRow } from "./stopping-rule";
export { stratifiedGroupKFold } from "./stratified-group-k-fold";
export {
  type RareClassOptions,
  repeatedStratifiedKFold,
  stratifiedKFold,
} from "./stratified-k-fold";
export { type FittedStump, stump } from "./stump";
export { type FittedSvc, type SvcOptions, svc } from "./svc";
export { type Cell, type Table, type TableOptions, table } from "./table";
export { type TagAgreement, type TagAgreementRow, tagAgreement } from "./tag-agreement";
export type { CellKind, CellOf, ExtraColumns, LoadedTagRow } from "./tag-columns";
export {
  type HumanReference,
  type TaggedOutcome,
  type TagMeasure,
  type TagMeasureOptions,
  type TagMeasures,
  tagMeasures,
} from "./tag-measures";
export { applyProposals, proposeTags, type TagProposal, type TagRule } from "./tag-proposals";
export {
  addTag,
  type NewTagSheet,
  newTagSheet,
  removeTag,
  renameTag,
  setTags,
  type Tagged,
  type TagRow,
  tagNames,
} from "./tag-sheet";
export { formatTagSheet, parseTagSheet } from "./tag-sheet-csv";
export { loadTagSheet, saveTagSheet } from "./tag-sheet-file";
export {
  type Attribute,
  type SuggestionOptions,
  suggestTags,
  type TagSuggestion,
} from "./tag-suggestions";
export { type ThreeWaySplit, threeWaySplit } from "./three-way-split";
export {
  countsAt,
  type ThresholdRow,
  type ThresholdTableOptions,
  thresholdTable,
} from "./threshold";
export {
  type AlignedWord,
  formatAlignment,
  type PooledWordErrors,
  type WordErrorCounts,
  type WordErrors,
  type WordOptions,
  wordErrorRate,
  wordErrorRates,
} from "./word-error-rate";
