// @ts-check
// Pictures of ten noisy classes, so that a loss which does not fall shows that an arm does not train.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** @type {typeof import("@headroom/kernel-utils")} */
const { SeededRandom } = createRequire(import.meta.url)("@headroom/kernel-utils");

const CLASSES = 10;
const NOISE = 0.8;

/**
 * Writes x.bin (float32, row by row) and y.bin (float32, the class of each row).
 * @param {string} folder
 * @param {import("./configurations.mjs").Configuration} configuration
 */
export function writeData(folder, { shape, batch, steps }) {
  const random = new SeededRandom(1);
  const size = shape.reduce((product, length) => product * length, 1);
  // Around zero: networks learn quicker, and rounding grows less from step to step.
  const centred = () => random.random() - 0.5;
  const means = Float32Array.from({ length: CLASSES * size }, centred);
  const rows = batch * steps;
  const x = new Float32Array(rows * size);
  const y = Float32Array.from({ length: rows }, () => Math.floor(CLASSES * random.random()));
  for (let i = 0; i < x.length; i++) {
    const mean = means[y[Math.floor(i / size)] * size + (i % size)];
    x[i] = (1 - NOISE) * mean + NOISE * centred();
  }
  writeFileSync(path.join(folder, "x.bin"), x);
  writeFileSync(path.join(folder, "y.bin"), y);
}
