/** How a text wants its JSX: the comments `jsx`, `jsxImportSource` and their like. */
import type { Comment } from "oxc-parser";
import type { JsxOptions } from "oxc-transform";

/** Reads the comments; without any, JSX is React's, by its automatic runtime. */
export function jsxOptions(comments: readonly Comment[]): JsxOptions {
  const pragma = find(comments, "jsx");
  const pragmaFrag = find(comments, "jsxFrag");
  const importSource = find(comments, "jsxImportSource");
  const runtime = find(comments, "jsxRuntime");
  if (runtime === "classic" || (runtime === undefined && pragma !== undefined)) {
    return {
      runtime: "classic",
      pure: false,
      ...(pragma === undefined ? {} : { pragma }),
      ...(pragmaFrag === undefined ? {} : { pragmaFrag }),
    };
  }
  return {
    runtime: "automatic",
    pure: false,
    ...(importSource === undefined ? {} : { importSource }),
  };
}

function find(comments: readonly Comment[], name: string): string | undefined {
  const pattern = new RegExp(`@${name}\\s+([^\\s*]+)`);
  for (const comment of comments) {
    const match = pattern.exec(comment.value);
    if (match !== null) return match[1];
  }
  return undefined;
}
