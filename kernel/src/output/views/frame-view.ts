import type { MimeBundle } from "../../bridge/contract";
import { counted, gridHtml, gridText, layGrid } from "../grid";

/** What is needed of a danfojs DataFrame or Series. */
interface FrameLike {
  readonly shape: readonly number[];
  readonly columns: readonly unknown[];
  readonly index: readonly unknown[];
  readonly values: readonly unknown[];
  readonly dtypes: readonly unknown[];
}

const MAX_ROWS = 20;
const MAX_COLUMNS = 20;

/** Shows a data frame, or one column of it, as a table with its index and its size. */
export function frameView(value: object): MimeBundle | undefined {
  if (!isFrame(value)) return undefined;
  const { values, index, columns } = value;
  const isSeries = values.length > 0 ? !Array.isArray(values[0]) : value.shape.length === 1;
  const grid = layGrid({
    rowCount: values.length,
    headings: columns.map(String),
    value: (row, column) => at(values[row], column),
    index: (row) => String(index[row]),
    maxRows: MAX_ROWS,
    maxColumns: MAX_COLUMNS,
  });
  const size = isSeries
    ? `${counted(values.length, "value")}, ${String(value.dtypes[0])}`
    : `${counted(values.length, "row")} × ${counted(columns.length, "column")}`;
  const sized = { ...grid, note: size };
  return {
    data: { "text/html": gridHtml(sized), "text/plain": gridText(sized) },
    metadata: {},
  };
}

function isFrame(value: object): value is FrameLike {
  const parts = ["dtypes", "columns", "index", "values", "shape"] as const;
  return parts.every((part) => part in value && Array.isArray(Reflect.get(value, part)));
}

function at(row: unknown, column: number): unknown {
  const value: unknown = Array.isArray(row) ? row[column] : row;
  return value === null ? undefined : value;
}
