/** A test that is declared wrongly: its author has to mend it, not the student. */
export class DeclarationError extends Error {
  override name = "DeclarationError";
}
