/**
 * Types of vega, whose package holds ECMAScript modules only: a CommonJS file may name them in
 * this way, but not import them.
 */
export type Spec = import("vega", { with: { "resolution-mode": "import" }}).Spec;
export type Scale = import("vega", { with: { "resolution-mode": "import" }}).Scale;
export type Mark = Exclude<
  import("vega", { with: { "resolution-mode": "import" }}).Mark,
  import("vega", { with: { "resolution-mode": "import" }}).GroupMark
>;

declare module "vega" {
  /** Missing in vega's own types: numbers after a d3-format. */
  export function defaultLocale(): { format(specifier: string): (value: number) => string };
}
