/** One place of a pattern: any text, or one character that passes a test. */
type Token = "any text" | ((character: string) => boolean);

/**
 * Returns a test for a shell-like pattern that must match a whole text: `*` stands for any text, `?`
 * for one character, `[abc]`, `[a-z]` and `[!abc]` for one of, or none of, these. It takes a time
 * proportional to the lengths of both, whatever the pattern.
 */
export function matchesGlob(pattern: string): (text: string) => boolean {
  const tokens = readPattern(Array.from(pattern));
  return (text) => matches(tokens, Array.from(text));
}

/** Only the last `*` can usefully take more: those before it took as little as they could. */
function matches(tokens: readonly Token[], text: readonly string[]): boolean {
  let at = 0;
  let token = 0;
  let star = -1;
  let starTook = 0;
  while (at < text.length) {
    const current = tokens[token];
    if (current === "any text") {
      star = token++;
      starTook = at;
    } else if (current?.(text[at] ?? "")) {
      at++;
      token++;
    } else if (star >= 0) {
      at = ++starTook;
      token = star + 1;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((left) => left === "any text");
}

function readPattern(pattern: readonly string[]): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    const end = character === "[" ? endOfClass(pattern, at) : -1;
    if (end > 0) {
      tokens.push(readClass(pattern.slice(at + 1, end)));
      at = end;
    } else if (character === "*") {
      tokens.push("any text");
    } else if (character === "?") {
      tokens.push(() => true);
    } else {
      tokens.push((other) => other === character);
    }
  }
  return tokens;
}

/** A bracket right after the opening one, or after `!`, is one of the class. */
function endOfClass(pattern: readonly string[], start: number): number {
  return pattern.indexOf("]", start + (pattern[start + 1] === "!" ? 3 : 2));
}

function readClass(inside: readonly string[]): (character: string) => boolean {
  const negated = inside[0] === "!";
  const ranges: (readonly [first: string, last: string])[] = [];
  for (let at = negated ? 1 : 0; at < inside.length; at++) {
    const first = inside[at] ?? "";
    const last = inside[at + 2];
    if (inside[at + 1] === "-" && last !== undefined) {
      ranges.push([first, last]);
      at += 2;
    } else {
      ranges.push([first, first]);
    }
  }
  return (character) =>
    ranges.some(([first, last]) => character >= first && character <= last) !== negated;
}
