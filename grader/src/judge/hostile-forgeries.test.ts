import { FORGERIES } from "../testing/attacks/forgeries";
import { runAttacks } from "../testing/attacks/run-attacks";

runAttacks("forgeries", FORGERIES);
