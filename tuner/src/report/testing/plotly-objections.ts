import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";
import type { Figure } from "../figures/figure";

interface Plotly {
  PlotSchema: { get(): object };
  validate(data: unknown, layout: unknown): { msg: string }[] | undefined;
}

let loaded: Plotly | undefined;

/**
 * Returns what Plotly itself objects to in a figure: unknown names, values that it would not take. It
 * needs no browser for that, only something that looks like one while it loads.
 */
export function plotlyObjections({ data, layout }: Figure): readonly string[] {
  loaded ??= loadPlotly();
  // As JSON, which is how a notebook gets it.
  const [traces, rest] = JSON.parse(JSON.stringify([data, layout]));
  return (loaded.validate(traces, rest) ?? []).map(({ msg }) => msg);
}

function loadPlotly(): Plotly {
  const file = createRequire(import.meta.url).resolve("plotly.js");
  const anything: unknown = new Proxy(() => {}, {
    get: (_target, key) => (key === Symbol.toPrimitive ? () => "" : anything),
    apply: () => anything,
    set: () => true,
  });
  class Nothing {}
  const page: Record<string, unknown> = {
    document: anything,
    navigator: { userAgent: "test" },
    getComputedStyle: () => anything,
    addEventListener: () => {},
    URL: { createObjectURL: () => "" },
    Blob: Nothing,
    HTMLElement: Nothing,
    DOMParser: class {
      parseFromString(): unknown {
        return anything;
      }
    },
    performance,
    setTimeout,
    clearTimeout,
  };
  page.window = page;
  page.self = page;
  vm.runInNewContext(readFileSync(file, "utf8"), page);
  const plotly = page.Plotly as Plotly;
  // It would put its schema together anew for each figure, which takes nearly all the time.
  const schema = plotly.PlotSchema.get();
  plotly.PlotSchema.get = () => schema;
  return plotly;
}
