import { type Dataset, loadDataset } from "./dataset";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** The handwritten digits: a row is an image, its 64 features the pixels row by row. */
export interface DigitsDataset extends Dataset<(typeof DIGITS)[number]> {
  /** Rows and columns of an image: feature `8 * row + column` is that pixel. */
  imageShape: [height: 8, width: 8];
}

/**
 * Returns 1,797 images of handwritten digits in scikit-learn's order: 64 features each, the pixels
 * row by row, whole numbers from 0 (paper) to 16 (ink); labels are the digits 0 to 9.
 *
 * Source: E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository, CC BY 4.0.
 *
 * @throws DataFileError `missing-file` or `corrupt-file`, with the file, both checksums, the cure
 */
export function loadDigits(): DigitsDataset {
  return { ...loadDataset("digits", DIGITS), imageShape: [8, 8] };
}
