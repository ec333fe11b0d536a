import { PATCHES } from "../testing/attacks/patches";
import { runAttacks } from "../testing/attacks/run-attacks";

runAttacks("a patched environment", PATCHES);
