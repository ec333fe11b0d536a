import { describe, expect, it } from "vitest";
import { useNotebookProcesses } from "./notebook-process";

/** Some files, code that runs beside them (see `NotebookProcesses.run`), and what it must log. */
export interface Scenario {
  readonly title: string;
  /** By path; the notebook's folder is `notebook`. */
  readonly files: Readonly<Record<string, string>>;
  readonly code: string;
  readonly logs: readonly unknown[];
}

/** Makes a test of each scenario. */
export function describeScenarios(title: string, scenarios: readonly Scenario[]): void {
  describe(title, () => {
    const notebook = useNotebookProcesses();
    it.each(scenarios)("$title", async ({ files, code, logs }) => {
      expect(await notebook.run(files, code)).toEqual(logs);
    });
  });
}

/** A package in the notebook's folder: its files, and fields of its package.json. */
export function packageFiles(
  name: string,
  manifest: object,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const folder = `notebook/node_modules/${name}`;
  return Object.fromEntries([
    [`${folder}/package.json`, JSON.stringify({ name, version: "1.0.0", ...manifest })],
    ...Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]),
  ]) as Record<string, string>;
}
