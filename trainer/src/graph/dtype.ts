/** TensorFlow's element types, by their numbers in `types.proto`. */
export const DType = {
  float32: 1,
  int32: 3,
  string: 7,
  int64: 9,
  bool: 10,
  resource: 20,
  variant: 21,
} as const;

/** One of TensorFlow's element types. */
export type DType = (typeof DType)[keyof typeof DType];
