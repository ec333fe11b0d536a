import type { Attack } from "./attack";
import { ENDINGS } from "./endings";
import { ESCAPES } from "./escapes";
import { EXCESSES } from "./excesses";
import { FILES } from "./files";
import { FORGERIES } from "./forgeries";
import { NOTEBOOKS } from "./notebooks";
import { PATCHES } from "./patches";

/** Attacks of one sort. */
export interface AttackTheme {
  readonly title: string;
  readonly attacks: readonly Attack[];
}

/** Every attack that is tried. */
export const ALL_ATTACKS: readonly AttackTheme[] = [
  { title: "A patched environment", attacks: PATCHES },
  { title: "Forged answers", attacks: FORGERIES },
  { title: "Ends, loops and floods", attacks: ENDINGS },
  { title: "Out of the sandbox", attacks: ESCAPES },
  { title: "Too much of something", attacks: EXCESSES },
  { title: "Changed notebooks", attacks: NOTEBOOKS },
  { title: "Files that are no notebook", attacks: FILES },
];
