/** Lays printed code out as its source was, line by line. */
import type { Places } from "../syntax/places";
import { forEachChild, type Node } from "../syntax/rewriter";
import { lineEnds, type Range, type SourceEdits } from "../syntax/source-edits";
import type { Part, Transformed } from "./transform";

/** Something that happens at an offset of the printed code. */
interface Step {
  readonly at: number;
  readonly run: () => void;
}

/** A line end between these and what follows would end the statement. */
const BEFORE_FIXED = /(?:^|[^\w$.])(?:return|throw|yield|async|break|continue)\s*$/;
const FIXED = /^(?:=>|\+\+|--)/;

/**
 * Edits one part of `transformed`, so that each token stands on its own line of the source where a
 * line end may stand before it. Returns how many line ends must follow the part.
 */
export function layOut(
  part: Part,
  transformed: Transformed,
  source: Places,
  owner: Range,
  edits: SourceEdits,
): number {
  const { code } = transformed;
  const templates = part.statements.flatMap(templateTexts);
  const comments = transformed.comments.filter(
    (it) => it.start >= part.start && it.end <= part.end,
  );
  for (const comment of comments) edits.replace(comment.start, comment.end, "");
  let line = source.at(owner.start).line;

  const gaps = [...code.slice(part.start, part.end).matchAll(/\s*[\n\r]\s*/g)].map(
    (match): Step => {
      const start = part.start + match.index;
      const end = start + match[0].length;
      const run = isInside(start, templates)
        ? () => {
            line += lineEnds(match[0]).length;
          }
        : () => edits.replace(start, end, " ");
      return { at: start, run };
    },
  );
  const tokens = transformed.anchors
    .filter((it) => it.offset >= part.start && it.offset < part.end)
    .filter((it) => !isInside(it.offset, templates))
    .map((anchor): Step => {
      const run = (): void => {
        const missing = source.at(anchor.source).line - line;
        if (missing <= 0 || !allowsLineEnd(code, anchor.offset)) return;
        edits.insert(anchor.offset, "\n".repeat(missing));
        line += missing;
      };
      return { at: anchor.offset, run };
    });
  const steps = [...gaps.filter((it) => !isInside(it.at, comments)), ...tokens];
  for (const step of steps.sort((a, b) => a.at - b.at)) step.run();
  return Math.max(0, source.at(owner.end).line - line);
}

function allowsLineEnd(code: string, offset: number): boolean {
  const before = code.slice(Math.max(0, offset - 12), offset);
  return !BEFORE_FIXED.test(before) && !FIXED.test(code.slice(offset, offset + 2));
}

function isInside(offset: number, ranges: readonly Range[]): boolean {
  return ranges.some((range) => offset >= range.start && offset < range.end);
}

function templateTexts(node: Node): Range[] {
  if (node.type === "TemplateElement") return [node];
  const found: Range[] = [];
  forEachChild(node, (child) => found.push(...templateTexts(child)));
  return found;
}
