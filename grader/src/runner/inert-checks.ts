/**
 * What cells in the sandbox get for "@headroom/checks". Tests are judged outside; given cells import
 * the package all the same, and students may call it: nothing comes of that.
 */

const inert = () => ({});

class InertError extends Error {}

/** The package's exports by name, each of which does nothing. */
export const INERT_CHECKS: Readonly<Record<string, unknown>> = {
  call: inert,
  callback: (fn: unknown) => fn,
  freshCallback: inert,
  check: async () => undefined,
  closeTo: inert,
  equals: inert,
  mistake: inert,
  property: inert,
  satisfies: inert,
  test: inert,
  throws: inert,
  CheckFailedError: InertError,
  DeclarationError: InertError,
  StudentError: InertError,
};
