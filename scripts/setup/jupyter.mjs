// @ts-check
// What JupyterLab needs of us, in the project's own environment: the kernel, what draws figures, and
// a few settings.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT, VENV } from "../project.mjs";
import { kernelspec } from "../tslab/kernelspec.mjs";

const SHARE = path.join(VENV, "share", "jupyter");

/** JupyterLab's settings that differ from its defaults. */
const SETTINGS = {
  // No question about news from elsewhere at the first start.
  "@jupyterlab/apputils-extension:notification": {
    fetchNews: "false",
    checkForUpdates: false,
  },
  // The lesson list opens as a page with links, not as its source.
  "@jupyterlab/docmanager-extension:plugin": {
    defaultViewers: { markdown: "Markdown Preview" },
  },
};

const FIGURES = path.join(ROOT, "kernel-utils", "labextension");
const PLOTLY = path.join(ROOT, "node_modules", "plotly.js", "plotly-cartesian.min.js");

/** @param {unknown} content */
function json(content) {
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
}

/** The files, each with what must stand in it. */
function wantedFiles() {
  const extension = path.join(SHARE, "labextensions", "headroom-figures");
  return [
    {
      file: path.join(SHARE, "kernels", "tslab", "kernel.json"),
      content: json(kernelspec(ROOT, process.execPath)),
    },
    { file: path.join(SHARE, "lab", "settings", "overrides.json"), content: json(SETTINGS) },
    ...["package.json", path.join("static", "remote-entry.js")].map((name) => ({
      file: path.join(extension, name),
      content: readFileSync(path.join(FIGURES, name)),
    })),
    {
      file: path.join(extension, "static", path.basename(PLOTLY)),
      content: readFileSync(PLOTLY),
    },
  ];
}

/** True when all of it stands as it should. */
export function jupyterIsConfigured() {
  return (
    existsSync(PLOTLY) &&
    wantedFiles().every(
      ({ file, content }) => existsSync(file) && readFileSync(file).equals(content),
    )
  );
}

/** Writes it. */
export async function configureJupyter() {
  for (const { file, content } of wantedFiles()) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }
}
