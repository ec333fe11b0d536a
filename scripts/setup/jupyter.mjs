// @ts-check
// What JupyterLab needs of us, in the project's own environment: the kernel and a few settings.
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
};

/** The files, with what must stand in them. */
function wantedFiles() {
  return [
    {
      file: path.join(SHARE, "kernels", "tslab", "kernel.json"),
      content: kernelspec(ROOT, process.execPath),
    },
    { file: path.join(SHARE, "lab", "settings", "overrides.json"), content: SETTINGS },
  ].map(({ file, content }) => ({ file, text: `${JSON.stringify(content, null, 2)}\n` }));
}

/** True when all of it stands as it should. */
export function jupyterIsConfigured() {
  return wantedFiles().every(
    ({ file, text }) => existsSync(file) && readFileSync(file, "utf8") === text,
  );
}

/** Writes it. */
export async function configureJupyter() {
  for (const { file, text } of wantedFiles()) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}
