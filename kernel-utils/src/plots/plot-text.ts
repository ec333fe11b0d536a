/**
 * Returns `text` as a figure writes it: line breaks become `<br>`, and the signs that Plotly would
 * read as markup become entities, so that a label such as "< 50" stays what it is.
 */
export function plotText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\n", "<br>");
}

/**
 * Returns `text` with line breaks between words, so that no line has more than `width` characters
 * unless a single word is longer. Lines come out about equally long, and as few as can be; breaks
 * that are there already stay.
 */
export function wrapText(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((paragraph) => balance(paragraph, width))
    .join("\n");
}

/** The narrowest lines that are no more lines. */
function balance(paragraph: string, width: number): string[] {
  let lines = fill(paragraph, width);
  for (let narrower = width - 1; narrower > 0; narrower--) {
    const candidate = fill(paragraph, narrower);
    if (candidate.length > lines.length || candidate.some((line) => line.length > narrower)) break;
    lines = candidate;
  }
  return lines;
}

function fill(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Returns the text with a full stop, unless it ends with a mark of its own. */
export function sentence(text: string): string {
  return /[.!?…:]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** Returns the number of lines of a text as `plotText` writes it. */
export function countLines(plotted: string): number {
  return plotted.split("<br>").length;
}

/**
 * Returns about how many pixels wide `plotted` is at `size` pixels, a little more than most fonts
 * need: it reserves room before anyone knows which font the reader has.
 */
export function estimateWidth(plotted: string, size: number): number {
  const lines = plotted.replaceAll(/&(amp|lt|gt);/g, "x").split("<br>");
  return Math.ceil(Math.max(...lines.map((line) => line.length)) * size * 0.56);
}
