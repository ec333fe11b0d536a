// @ts-check
// `npm run peers`: what only comparisons need: benchmarks, other kernels, and the scripts that record
// the tests' expected values. Set-up, start and test do without it.
import path from "node:path";
import { PEER_PACKAGES, PEERS, program, ROOT } from "./project.mjs";
import { SetupError } from "./setup/failure.mjs";
import { installLocked } from "./setup/locked-folder.mjs";
import {
  installPythonPackages,
  makeEnvironment,
  pythonPackagesAreInstalled,
} from "./setup/python-packages.mjs";

const REQUIREMENTS = "requirements-peers.txt";

try {
  if (!pythonPackagesAreInstalled(PEERS, REQUIREMENTS)) {
    console.log(`[peers] installing what ${REQUIREMENTS} names, about a minute`);
    await makeEnvironment(PEERS);
    await installPythonPackages(PEERS, REQUIREMENTS);
  }
  await installLocked("Deno", path.join(ROOT, "scripts", "peers"), PEER_PACKAGES);
  console.log(`[peers] ready: ${program("python", PEERS)}, ${PEER_PACKAGES}`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`[peers] ${error.what} failed: ${error.cause}\n\nWhat to do: ${error.cure}`);
  process.exitCode = 1;
}
