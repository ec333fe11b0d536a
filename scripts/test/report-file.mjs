// @ts-check
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { CACHE } from "../project.mjs";

const REPORTS = path.join(CACHE, "reports");

/**
 * A fresh file for a tool's report, so that an old one is never read.
 * @param {string} name
 */
export function reportFile(name) {
  mkdirSync(REPORTS, { recursive: true });
  const file = path.join(REPORTS, name);
  rmSync(file, { force: true });
  return file;
}
