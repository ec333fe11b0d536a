/** For programs that judge: running declared tests on functions that may live elsewhere. */
export { type AnyFunction, isCallback } from "./call";
export { type CollectedCheck, collectChecks } from "./collect-checks";
export { functionName, remoteFunction } from "./functions";
export { localCaller } from "./local-caller";
export { type Caller, NOT_ANSWERED, type Outcome } from "./outcome";
export { runTest, type TestVerdict } from "./run-test";
export { show } from "./show";
export type { Opaque, TensorData } from "./snapshot";
export type { Test } from "./test-declaration";
export type { Thrown } from "./thrown";
