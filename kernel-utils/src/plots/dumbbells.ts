import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";
import { greys, type Style, styles } from "../palette";
import { type CoordinateColumn, toCoordinates } from "./coordinates";
import { dots } from "./dots";
import { line } from "./line";
import { joinMarks, type Mark } from "./mark";

/** What `dumbbells` draws; rows are names, from top to bottom. */
export interface DumbbellsOptions {
  rows: CoordinateColumn;
  from: NumberColumn;
  to: NumberColumn;
  /** Names of both ends, written at the first row. */
  fromLabel?: string;
  toLabel?: string;
  fromStyle?: Style;
  toStyle?: Style;
  /** One text per row for the pointer. */
  hover?: readonly string[];
}

/**
 * Returns two dots a row with a bar between them: what is, and what could be.
 *
 * @throws InputError for columns that are empty, not equally long, or hold NaN
 */
export function dumbbells(options: DumbbellsOptions): Mark {
  const rows = toCoordinates("rows", options.rows);
  const from = Array.from(toNumbers("from", options.from));
  const to = Array.from(toNumbers("to", options.to));
  requireSameLength("rows", rows, "from", from);
  requireSameLength("rows", rows, "to", to);
  const hover = options.hover ? { hover: options.hover } : {};
  const end = (x: number[], style: Style, label: string | undefined, other: number[]): Mark =>
    dots({
      x,
      y: rows,
      style,
      size: 12,
      ...hover,
      ...(label !== undefined && {
        labels: rows.map((_, i) => (i === 0 ? label : "")),
        labelPosition: (x[0] ?? 0) < (other[0] ?? 0) ? "middle left" : "middle right",
      }),
    });
  return joinMarks([
    line({
      x: from.flatMap((start, i) => [start, to[i] ?? start, null]),
      y: rows.flatMap((row) => [row, row, null]),
      color: greys.context,
      width: 4,
    }),
    end(from, options.fromStyle ?? styles.model, options.fromLabel, to),
    end(to, options.toStyle ?? styles.human, options.toLabel, from),
  ]);
}
