/** A column of a table: its heading, its cells as text, and whether they are numbers. */
export interface TableColumn {
  readonly heading: string;
  readonly cells: readonly string[];
  readonly isNumeric: boolean;
}

/** Returns `text` for use within HTML, whatever signs it holds. */
function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const CAPTION = "caption-side:top;text-align:left;font-weight:bold;padding:0 0 .4em";

/** Returns the columns as an HTML table with a caption and headings that screen readers name. */
export function renderHtmlTable(columns: readonly TableColumn[], title?: string): string {
  const cell = (tag: string, text: string, column: TableColumn) =>
    `<${tag} style="text-align:${column.isNumeric ? "right" : "left"}">${escapeHtml(text)}` +
    `</${tag.split(" ")[0]}>`;
  const caption =
    title === undefined ? "" : `<caption style="${CAPTION}">${escapeHtml(title)}</caption>\n`;
  const head = columns.map((column) => cell('th scope="col"', column.heading, column)).join("");
  const rows = Array.from(
    { length: columns[0]?.cells.length ?? 0 },
    (_, i) =>
      `<tr>${columns.map((column) => cell("td", column.cells[i] ?? "", column)).join("")}</tr>`,
  );
  return (
    `<table>\n${caption}<thead><tr>${head}</tr></thead>\n` +
    `<tbody>\n${rows.map((row) => `${row}\n`).join("")}</tbody>\n</table>`
  );
}

/** Returns the columns as lines of text, two spaces apart, under their headings. */
export function renderTextTable(columns: readonly TableColumn[], title?: string): string {
  const clean = columns.map((column) => ({
    ...column,
    lines: [column.heading, ...column.cells].map((text) => text.replaceAll(/\s+/g, " ")),
  }));
  const padded = clean.map(({ lines, isNumeric }) => {
    const width = Math.max(...lines.map((line) => [...line].length));
    return lines.map((line) => {
      const space = " ".repeat(width - [...line].length);
      return isNumeric ? space + line : line + space;
    });
  });
  const count = padded[0]?.length ?? 0;
  const lines = Array.from({ length: count }, (_, i) =>
    padded
      .map((column) => column[i] ?? "")
      .join("  ")
      .trimEnd(),
  );
  const rule = padded.map((column) => "─".repeat([...(column[0] ?? "")].length)).join("  ");
  const [head = "", ...rows] = lines;
  return [...(title === undefined ? [] : [title]), head, rule, ...rows].join("\n");
}
