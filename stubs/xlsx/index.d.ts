// danfojs-node's declarations name these two; there is nothing to set.

/** Options of a function that always refuses. */
export type ParsingOptions = Record<string, never>;

/** Options of a function that always refuses. */
export type WritingOptions = Record<string, never>;
