/** A value in a table; an absent one is an empty field. */
export type Field = string | number | undefined;

/**
 * Returns a table as CSV (RFC 4180), as spreadsheets read it: with a byte order mark, so that they take it for UTF-8. A
 * text that a spreadsheet would take for a formula gets an apostrophe in front: names and notes come from students.
 */
export function csvText(rows: readonly (readonly Field[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(csvField).join(",")}\r\n`).join("")}`;
}

function csvField(field: Field): string {
  if (field === undefined) return "";
  if (typeof field === "number") return String(field);
  const text = /^[\s]*[=+\-@]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
