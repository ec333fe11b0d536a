/** Reads the mappings of a source map. */

/** One mapping; all numbers count from 0. */
export interface Mapping {
  readonly line: number;
  readonly column: number;
  readonly sourceLine: number;
  readonly sourceColumn: number;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Decodes the field `mappings` of a map with one source. */
export function readMappings(mappings: string): Mapping[] {
  const found: Mapping[] = [];
  let sourceLine = 0;
  let sourceColumn = 0;
  for (const [line, text] of mappings.split(";").entries()) {
    let column = 0;
    for (const segment of text === "" ? [] : text.split(",")) {
      const [columns = 0, , lines, columnsInSource] = readNumbers(segment);
      column += columns;
      if (lines === undefined || columnsInSource === undefined) continue;
      sourceLine += lines;
      sourceColumn += columnsInSource;
      found.push({ line, column, sourceLine, sourceColumn });
    }
  }
  return found;
}

/** Numbers in base 64, five bits a digit, least first; the lowest bit is the sign. */
function readNumbers(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of text) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if ((bits & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
