// @ts-check
// The networks that are timed. Keras's names throughout, so that both sides build from the same text.

/**
 * @typedef {object} Configuration
 * @property {string} name
 * @property {number[]} shape of a sample
 * @property {[kind: string, options: Record<string, unknown>][]} layers
 * @property {number} batch
 * @property {number} steps in a timed epoch, a multiple of 25
 */

const PICTURE = [28, 28, 1];
/** @type {Configuration["layers"][number]} */
const CLASSES = ["Dense", { units: 10, activation: "softmax" }];
const RELU = { activation: "relu" };

/**
 * @param {number} units
 * @returns {Configuration["layers"]}
 */
function hidden(units) {
  return [["Flatten", {}], ["Dense", { units, ...RELU }], CLASSES];
}

/** @type {readonly Configuration[]} */
export const CONFIGURATIONS = [
  { name: "dense 32, batch 32", shape: PICTURE, layers: hidden(32), batch: 32, steps: 400 },
  { name: "dense 352, batch 32", shape: PICTURE, layers: hidden(352), batch: 32, steps: 200 },
  { name: "dense 512, batch 128", shape: PICTURE, layers: hidden(512), batch: 128, steps: 100 },
  {
    name: "convolution 16@3x3, batch 32",
    shape: PICTURE,
    layers: [
      ["Conv2D", { filters: 16, kernel_size: 3, ...RELU }],
      ["MaxPooling2D", { pool_size: 2 }],
      ["Flatten", {}],
      CLASSES,
    ],
    batch: 32,
    steps: 100,
  },
  {
    name: "two convolutions, batch 32",
    shape: PICTURE,
    layers: [
      ["Conv2D", { filters: 8, kernel_size: 3, ...RELU }],
      ["MaxPooling2D", { pool_size: 2 }],
      ["Conv2D", { filters: 16, kernel_size: 3, ...RELU }],
      ["MaxPooling2D", { pool_size: 2 }],
      ["Flatten", {}],
      ["Dense", { units: 64, ...RELU }],
      CLASSES,
    ],
    batch: 32,
    steps: 100,
  },
  {
    name: "LSTM 16, 28 steps, batch 32",
    shape: [28, 28],
    layers: [["LSTM", { units: 16, recurrent_activation: "sigmoid" }], CLASSES],
    batch: 32,
    steps: 50,
  },
  {
    name: "dense 64, 64, batch norms, batch 32",
    shape: PICTURE,
    layers: [
      ["Flatten", {}],
      ["Dense", { units: 64, ...RELU }],
      ["BatchNormalization", {}],
      ["Dense", { units: 64, ...RELU }],
      ["BatchNormalization", {}],
      CLASSES,
    ],
    batch: 32,
    steps: 200,
  },
];

/** The steps of the first epoch of a new model. */
export const FIRST_STEPS = 10;

/** The steps whose mean loss all arms must agree on; rounding grows in more of them. */
export const COMPARED_STEPS = 25;

/**
 * The same network with `more` units or filters in its first layer that has any: one that no side
 * has seen.
 * @param {Configuration} configuration
 * @param {number} more
 * @returns {Configuration}
 */
export function widened(configuration, more) {
  const found = configuration.layers.findIndex(([, o]) => "units" in o || "filters" in o);
  return {
    ...configuration,
    layers: configuration.layers.map(([kind, options], i) => {
      const key = "units" in options ? "units" : "filters";
      return [kind, i === found ? { ...options, [key]: Number(options[key]) + more } : options];
    }),
  };
}
