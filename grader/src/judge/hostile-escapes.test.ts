import { ESCAPES } from "../testing/attacks/escapes";
import { runAttacks } from "../testing/attacks/run-attacks";

runAttacks("out of the sandbox", ESCAPES);
