import { EXCESSES } from "../testing/attacks/excesses";
import { runAttacks } from "../testing/attacks/run-attacks";

runAttacks("too much of something", EXCESSES);
