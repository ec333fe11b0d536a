import type { MimeBundle } from "../../bridge/contract";
import { toJson } from "../json-value";
import { ownValue } from "./rows-view";

/** The newest versions that JupyterLab has a MIME type for; it draws newer specs with them too. */
const NEWEST = { vega: 5, "vega-lite": 5 } as const;

/** Shows a Vega or Vega-Lite chart: an object whose `$schema` says so. */
export function vegaView(value: object): MimeBundle | undefined {
  const schema = ownValue(value, "$schema");
  if (typeof schema !== "string") return undefined;
  const [, kind, version] = /\/schema\/(vega|vega-lite)\/v(\d+)/.exec(schema) ?? [];
  if (kind !== "vega" && kind !== "vega-lite") return undefined;
  const major = Math.min(Number(version), NEWEST[kind]);
  const title = ownValue(value, "title");
  const titleText = typeof title === "string" ? title : ownValue(title, "text");
  const name = kind === "vega" ? "Vega" : "Vega-Lite";
  return {
    data: {
      [`application/vnd.${kind.replace("-", "")}.v${major}+json`]: toJson(value),
      "text/plain": `${name} chart${typeof titleText === "string" ? ` "${titleText}"` : ""}`,
    },
    metadata: {},
  };
}
