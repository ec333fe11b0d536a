import type { Operation } from "./journal-line";
import type { StudyEvent } from "./study-event";

/**
 * The system attribute that carries a study event whole. An event is one line that carries it, and then
 * those that tell Optuna: it happened if and only if the first line is there, and the others follow
 * from it, so that they can be added after a crash.
 */
export const eventKey = "headroom:event";

const eventTypes: Readonly<Record<StudyEvent["type"], true>> = {
  study: true,
  space: true,
  enqueue: true,
  import: true,
  start: true,
  draws: true,
  define: true,
  report: true,
  attributes: true,
  end: true,
};

/** Returns the operation that carries an event of a study as such. */
export function carryInStudy(studyId: number, event: StudyEvent): Operation {
  return { op_code: 3, study_id: studyId, system_attr: { [eventKey]: event } };
}

/** Returns the operation that carries an event of a trial that exists. */
export function carryInTrial(trialId: number, event: StudyEvent): Operation {
  return { op_code: 9, trial_id: trialId, system_attr: { [eventKey]: event } };
}

/** Returns the event that an operation carries, as it was given. Throws an Error for one that is not known here. */
export function carriedEvent(operation: Operation): StudyEvent | undefined {
  const { op_code: code } = operation;
  const attributes =
    code === 4 ? operation.system_attrs : code === 3 || code === 9 ? operation.system_attr : {};
  const event = attributes?.[eventKey] as StudyEvent | undefined;
  if (event === undefined) return undefined;
  if (Object.hasOwn(eventTypes, event.type)) return withUndefined(event);
  throw new Error(`its event is of type ${event.type}, which a newer version wrote`);
}

/** JSON leaves out what is undefined; the types of these say that it is there. */
function withUndefined(event: StudyEvent): StudyEvent {
  if (event.type === "import") return { ...event, score: event.score };
  if (event.type !== "space") return event;
  const parameters = event.parameters.map((parameter) =>
    parameter.kind === "int" || parameter.kind === "float"
      ? { ...parameter, step: parameter.step }
      : parameter,
  );
  return { ...event, parameters };
}
