/** One line of a text, with the size and colour where they differ from the text's own. */
export interface TextLine {
  text: string;
  size?: number;
  color?: string;
}

const SPAN = /<span style="font-size:([\d.]+)px;color:(#[0-9A-Fa-f]{6})">(.*?)<\/span>/s;

/** Returns the lines of a figure's text; see `figure.ts` for what such a text may hold. */
export function textLines(text: string): TextLine[] {
  const span = SPAN.exec(text);
  if (span === null) return plainLines(text);
  const [whole, size, color = "", inner = ""] = span;
  const before = text.slice(0, span.index).replace(/<br>$/, "");
  const after = text.slice(span.index + whole.length);
  return [
    ...plainLines(before),
    ...plainLines(inner).map((line) => ({ ...line, size: Number(size), color })),
    ...(after === "" ? [] : plainLines(after)),
  ];
}

function plainLines(text: string): TextLine[] {
  return text.split("<br>").map((line) => ({
    text: line.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  }));
}
