// @ts-check
// `npm run bench -- NAME`: runs us and the peer in one run and prints the ratio.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { PEERS, program, projectEnvironment, ROOT } from "./project.mjs";
import { setUpOrExit } from "./setup.mjs";

const FOLDER = path.join(ROOT, "scripts", "bench");
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".mjs"))
  .map((file) => path.basename(file, ".mjs"));
/** Their peer is in the project's own environment. */
const WITHOUT_PEERS = ["grading"];

const [name, ...rest] = process.argv.slice(2);
if (!names.includes(name ?? "")) {
  console.error(`usage: npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
  process.exit(2);
}
await setUpOrExit();
const python = program("python", PEERS);
if (!WITHOUT_PEERS.includes(name) && !existsSync(python)) {
  console.error("The peers are not installed: run `npm run peers` first.");
  process.exit(1);
}
const run = spawnSync(process.execPath, [path.join(FOLDER, `${name}.mjs`), ...rest], {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...projectEnvironment(), HEADROOM_PEERS_PYTHON: python },
});
process.exitCode = run.status ?? 1;
