import { type Dataset, loadDataset } from "./dataset";

/**
 * Returns 178 wines with 13 chemical measurements, in scikit-learn's order; labels 0, 1 and 2 are
 * the growers (59, 71 and 48 wines).
 *
 * Source: S. Aeberhard and M. Forina (1992), UCI Machine Learning Repository, CC BY 4.0.
 *
 * @throws DataFileError `missing-file` or `corrupt-file`, with the file, both checksums, the cure
 */
export function loadWine(): Dataset<"class_0" | "class_1" | "class_2"> {
  return loadDataset("wine", ["class_0", "class_1", "class_2"]);
}
