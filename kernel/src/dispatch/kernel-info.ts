import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROTOCOL_VERSION } from "../messages/codec";
import type { Content } from "../messages/message";

let info: Content | undefined;

/** Returns the content of a `kernel_info_reply`. */
export function kernelInfo(): Content {
  info ??= describe();
  return info;
}

function describe(): Content {
  const version = versionIn(join(__dirname, "..", "..", "package.json"));
  const typescript = versionIn(require.resolve("typescript/package.json"));
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "headroom",
    implementation_version: version,
    banner: `TypeScript ${typescript} on Node.js ${process.versions.node} (Headroom kernel ${version})`,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      // A text, since strict clients take no object; JupyterLab knows its languages by such names.
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      {
        text: "Node.js",
        url: `https://nodejs.org/docs/latest-v${process.versions.node.split(".")[0]}.x/api/`,
      },
    ],
    debugger: false,
    supported_features: [],
  };
}

function versionIn(file: string): string {
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
