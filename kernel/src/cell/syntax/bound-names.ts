/** The names that patterns bind. */
import type { Node } from "./rewriter";

/** Returns the variables that a pattern declares, in the order of the source. */
export function boundNames(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((item) =>
        boundNames(item.type === "RestElement" ? item.argument : item.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((item) => boundNames(item));
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "RestElement":
      return boundNames(pattern.argument);
    case "TSParameterProperty":
      return boundNames(pattern.parameter);
    default:
      return [];
  }
}
