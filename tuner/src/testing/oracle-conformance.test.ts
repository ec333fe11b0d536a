import { asha } from "../oracles/asha";
import { gridSearch } from "../oracles/grid-search";
import { hyperband } from "../oracles/hyperband";
import { randomSearch } from "../oracles/random-search";
import { testOracle } from "./oracle-conformance";

testOracle("random search", { make: (seed) => randomSearch({ maxTrials: 40, seed }) });
testOracle("grid search", { make: (seed) => gridSearch({ maxTrials: 40, seed }) });
testOracle("Hyperband", { make: (seed) => hyperband({ maxEpochs: 9, seed }) });
testOracle("Hyperband with failures last", {
  make: (seed) => hyperband({ maxEpochs: 8, factor: 2, failed: "last", maxTrials: 30, seed }),
});
testOracle("ASHA", {
  make: (seed) => asha({ maxEpochs: 9, maxTrials: 40, configurations: 30, seed }),
});
