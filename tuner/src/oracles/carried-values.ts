import { defaultOf } from "../search-space/make-parameter";
import type { Scalar, Values } from "../search-space/parameter";
import type { Trial } from "../trials/trial";
import type { StudyView } from "./oracle";

/**
 * Returns a promoted trial's values: those of the trial that it continues, with defaults for parameters
 * that became known only after that one.
 */
export function carriedValues({ values }: Trial, { space }: StudyView): Values {
  const carried: Record<string, Scalar> = { ...values };
  for (const parameter of space.parameters) {
    if (space.isActive(parameter, carried) && !Object.hasOwn(carried, parameter.name)) {
      carried[parameter.name] = defaultOf(parameter);
    }
  }
  return carried;
}
