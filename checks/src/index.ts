/**
 * The language in which the tests of exercises are written. They are declarations: in a notebook
 * `check` runs them on the student's own functions; a grader runs the same ones on functions that live
 * in another process (`@headroom/checks/judge`).
 */
export { type AnyFunction, type Call, call, callback, freshCallback } from "./call";
export { check } from "./check";
export { DeclarationError } from "./declaration-error";
export { closeTo, equals, type Matcher, satisfies, throws } from "./matcher";
export { type Mistake, mistake } from "./mistake";
export { type Property, type PropertyTools, property, StudentError } from "./property";
export { CheckFailedError, type FailedCheck } from "./run-check";
export { type Test, type TestOptions, test } from "./test-declaration";
