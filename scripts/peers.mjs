// @ts-check
// `npm run peers`: the environment that only comparisons need: benchmarks and the scripts that
// record the tests' expected values. Set-up, start and test do without it.
import { PEERS, program } from "./project.mjs";
import { SetupError } from "./setup/failure.mjs";
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
  console.log(`[peers] ready: ${program("python", PEERS)}`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`[peers] ${error.what} failed: ${error.cause}\n\nWhat to do: ${error.cure}`);
  process.exitCode = 1;
}
