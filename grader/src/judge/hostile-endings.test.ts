import { ENDINGS } from "../testing/attacks/endings";
import { runAttacks } from "../testing/attacks/run-attacks";

runAttacks("endings", ENDINGS);
