import { NOTEBOOKS } from "../testing/attacks/notebooks";
import { runAttacks } from "../testing/attacks/run-attacks";

runAttacks("notebooks", NOTEBOOKS);
