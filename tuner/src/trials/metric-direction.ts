import type { Direction } from "./objective";

/**
 * Keras's metrics and losses as Keras Tuner 1.4.8 with Keras 3.15.1 infers their directions, recorded by
 * `fixtures/keras-tuner/make_directions.py`. Names in the tables are without case and underscores where the reference
 * accepts a class's name and its snake case alike.
 */
const CLASSES: Readonly<Record<Direction, string>> = {
  max: `Accuracy AUC BinaryAccuracy CategoricalAccuracy Precision Recall SparseCategoricalAccuracy
    SparseTopKCategoricalAccuracy TopKCategoricalAccuracy TrueNegatives TruePositives`,
  min: `BinaryCrossentropy BinaryFocalCrossentropy BinaryIoU CategoricalCrossentropy
    CategoricalFocalCrossentropy CategoricalGeneralizedCrossEntropy CategoricalHinge Circle
    ConcordanceCorrelation CosineSimilarity Dice F1Score FBetaScore FalseNegatives FalsePositives Hinge
    Huber KLDivergence LogCosh LogCoshError Mean MeanAbsoluteError MeanAbsolutePercentageError
    MeanSquaredError MeanSquaredLogarithmicError PearsonCorrelation Poisson R2Score
    RootMeanSquaredError SparseCategoricalCrossentropy SquaredHinge Sum Tversky CTC`,
};

/** Names that stand for themselves only. */
const OTHERS: Readonly<Record<Direction, string>> = {
  max: "acc",
  min: "loss crossentropy ce bce BCE mae MAE mape MAPE mse MSE msle MSLE",
};

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map(
  (["max", "min"] as const).flatMap((direction) => [
    ...words(OTHERS[direction]).map((name) => [name, direction] as const),
    ...words(CLASSES[direction]).flatMap((name) => [
      [name, direction] as const,
      [snakeCase(name), direction] as const,
    ]),
  ]),
);

/**
 * Returns which way is better for a metric of Keras, with or without `val_` and `weighted_` before it,
 * as Keras Tuner infers it; undefined for an unknown one. For F1, R² and other scores that is
 * "min" there, which {@link parseObjectives} does not accept without a word.
 */
export function inferDirection(metric: string): Direction | undefined {
  return DIRECTIONS.get(metric.replace(/^val_/, "").replace(/^weighted_/, ""));
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** Keras's own rule, so `BinaryIoU` becomes `binary_io_u`. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
