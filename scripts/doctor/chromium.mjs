// @ts-check
// The browser of the system, in which the workbook is tried.
import path from "node:path";
import { firstExisting } from "../project.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** What installs it. */
export const CHROMIUM_CURE =
  "install Chromium (Debian, Ubuntu: sudo apt install chromium), or set CHROMIUM to its path";

/** The path of the system's Chromium or Chrome, or undefined; the variable CHROMIUM goes first. */
export function findChromium() {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const inPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return firstExisting([process.env.CHROMIUM ?? "", ...inPath, ...ELSEWHERE]);
}
