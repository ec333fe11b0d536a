// @ts-check
// What JupyterLab needs of us, in the project's own environment: the kernels, what draws figures, and
// a few settings.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { GRADING_GUARD, PRELOAD, ROOT, VENV } from "../project.mjs";
import { kernelspec as tslabKernelspec } from "../tslab/kernelspec.mjs";
import { loudConfigurationFile } from "./loud-configuration.mjs";

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

const KERNEL = path.join(ROOT, "kernel");

/** The files of the workbook's own kernel,, as its package makes them. */
function kernelFiles() {
  const require = createRequire(import.meta.url);
  /** @type {typeof import("../../kernel/src/kernelspec")} */
  const { kernelspec } = require(path.join(KERNEL, "dist", "kernelspec.js"));
  /** @type {typeof import("../../kernel/src/cli/logo")} */
  const { LOGO_SVG } = require(path.join(KERNEL, "dist", "cli", "logo.js"));
  const { version } = JSON.parse(readFileSync(path.join(KERNEL, "package.json"), "utf8"));
  const spec = kernelspec({
    node: process.execPath,
    packageFolder: KERNEL,
    version,
    check: "check",
    require: [GRADING_GUARD, PRELOAD],
    env: { TF_CPP_MIN_LOG_LEVEL: "2" },
  });
  return { "kernel.json": json(spec), "logo-svg.svg": Buffer.from(LOGO_SVG) };
}

/** The files, each with what must stand in it. */
function wantedFiles() {
  const extension = path.join(SHARE, "labextensions", "headroom-figures");
  return [
    loudConfigurationFile(),
    ...Object.entries(kernelFiles()).map(([name, content]) => ({
      file: path.join(SHARE, "kernels", "headroom", name),
      content,
    })),
    {
      file: path.join(SHARE, "kernels", "tslab", "kernel.json"),
      content: json(tslabKernelspec(ROOT, process.execPath)),
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

/** True when all of it stands as it should. The kernel must be compiled. */
export function jupyterIsConfigured() {
  return (
    existsSync(PLOTLY) &&
    wantedFiles().every(
      ({ file, content }) => existsSync(file) && readFileSync(file).equals(content),
    )
  );
}

/** Writes it. The kernel must be compiled. */
export async function configureJupyter() {
  for (const { file, content } of wantedFiles()) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }
}
