/** What a cell finds without importing it, beside Node's own globals. */
export const ENVIRONMENT = `
/**
 * Asks the reader of the notebook for a line of text and waits for it.
 * Returns \`defaultValue\` for an empty answer.
 */
declare function prompt(message?: string, defaultValue?: string): string;
/** Asks the reader of the notebook a yes-or-no question and waits for the answer. */
declare function confirm(message?: string): boolean;
/** Shows the reader of the notebook a message and waits until it is acknowledged. */
declare function alert(message?: string): void;
/** The result of the last cell that had one. */
declare var _: any;
`;
