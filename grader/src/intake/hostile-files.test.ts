import { FILES } from "../testing/attacks/files";
import { runAttacks } from "../testing/attacks/run-attacks";

runAttacks("files", FILES);
