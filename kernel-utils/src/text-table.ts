/**
 * Returns rows of cells as text lines, columns two spaces apart and padded to their widest cell:
 * the first `leftColumns` to the left (headings), the others to the right (numbers). No trailing
 * spaces.
 */
export function textTable(rows: readonly (readonly string[])[], leftColumns = 1): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [c, cell] of row.entries()) widths[c] = Math.max(widths[c] ?? 0, [...cell].length);
  }
  const lines = rows.map((row) =>
    row
      .map((cell, c) => {
        const padding = " ".repeat(widths[c] - [...cell].length);
        return c < leftColumns ? cell + padding : padding + cell;
      })
      .join("  ")
      .trimEnd(),
  );
  return lines.join("\n");
}
