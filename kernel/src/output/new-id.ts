/** Returns a new unique name. Loads `crypto` when first called: most notebooks start without. */
export function newId(): string {
  return process.getBuiltinModule("node:crypto").randomUUID();
}
