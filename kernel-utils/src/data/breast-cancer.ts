import { type Dataset, loadDataset } from "./dataset";

/**
 * Returns 569 samples with 30 measurements of cell nuclei, in scikit-learn's order; labels are
 * 0 for malignant (212 samples) and 1 for benign (357), so the ill are class **0**.
 *
 * Source: W. Wolberg, O. Mangasarian, N. Street (1995), UCI Machine Learning Repository, CC BY 4.0.
 *
 * @throws DataFileError `missing-file` or `corrupt-file`, with the file, both checksums, the cure
 */
export function loadBreastCancer(): Dataset<"malignant" | "benign"> {
  return loadDataset("breast-cancer", ["malignant", "benign"]);
}
