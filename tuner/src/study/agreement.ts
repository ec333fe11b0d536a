import { StorageError } from "../errors";
import type { StudyEvent } from "../storage/study-event";

type StudyIdentity = Extract<StudyEvent, { type: "study" }>;

/**
 * Checks that a stored study is the one that is to go on: its oracle, options and objectives. A seed
 * that was left to chance is no difference; the stored one goes on. Returns the stored event.
 *
 * @throws StorageError naming what differs.
 */
export function requireAgreement(
  stored: StudyEvent | undefined,
  given: StudyIdentity,
): StudyIdentity {
  if (stored?.type !== "study") {
    throw new StorageError(
      "damaged-study",
      `the stored study begins with "${stored?.type}"; expected "study"`,
    );
  }
  const differing = differences(stored, given);
  if (differing.length > 0) {
    throw new StorageError(
      "another-study",
      `the stored study "${stored.name}" was made by another search: ${differing.join("; ")}. ` +
        "Go on with the same settings, or choose another name or file for this search.",
      { stored, given },
    );
  }
  return stored;
}

function differences(stored: StudyIdentity, given: StudyIdentity): string[] {
  const result: string[] = [];
  const compare = (what: string, before: unknown, now: unknown) => {
    const [left, right] = [canonical(before), canonical(now)];
    if (left !== right) {
      result.push(`${what} was ${left}, is now ${right}`);
    }
  };
  const text = ({ objectives }: StudyIdentity) =>
    objectives.map((o) => `${o.name} (${o.direction})`);
  compare("the objective", text(stored).join(", "), text(given).join(", "));
  compare("the oracle", stored.oracle.name, given.oracle.name);
  if (result.length === 0) {
    const [before, now] = [stored.oracle.options, given.oracle.options];
    for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
      if (name !== "seed") {
        compare(`the oracle's ${name}`, before[name], now[name]);
      }
    }
    if (now.seed !== undefined) {
      compare("the seed", stored.oracle.seed, given.oracle.seed);
    }
  }
  return result;
}

/** JSON with sorted keys, so that equal options read equal. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? "not given"
  );
}
