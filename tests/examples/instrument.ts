import type { Example } from "./find-examples";

/** A statement with the line it begins on, and what its comment promises about its value. */
interface Statement {
  code: string;
  line: number;
  promise?: string;
}

/**
 * An example as a module that checks what its comments promise:
 *
 * - `f(1); // => 2` and `const x = f(1); // => 2`: the value; it may go on in comment lines below
 * - `f(-1); // throws InputError`: that the expression throws an error of this name
 *
 * @param checks the module specifier of `checks.ts`
 * @throws {Error} for a promise about a statement that has no value
 */
export function instrument(example: Example, checks: string): string {
  const body = statementsOf(example).map((statement) => render(statement, example.file));
  const names = ["checkValue", "checkThrows"].filter((name) =>
    body.some((code) => code.includes(`${name}("${example.file}:`)),
  );
  const header = names.length > 0 ? `import { ${names.join(", ")} } from "${checks}";\n` : "";
  return `${header}${body.join("\n")}\nexport {};\n`;
}

/** How many values and errors an example promises. */
export function countPromises(example: Example): number {
  return statementsOf(example).filter(({ promise }) => promise !== undefined).length;
}

function render({ code, line, promise }: Statement, file: string): string {
  if (promise === undefined) return code;
  const where = JSON.stringify(`${file}:${line}`);
  const thrown = /^throws (\w+)/.exec(promise)?.[1];
  const expression = code.trim().replace(/;$/, "");
  if (thrown) return `await checkThrows(${where}, async () => ${expression}, "${thrown}");`;
  const value = JSON.stringify(promise.replace(/^=>\s*/, ""));
  const declared = /^(?:const|let)\s+(\w+)/.exec(expression)?.[1];
  if (declared) return `${code}\ncheckValue(${where}, ${declared}, ${value});`;
  if (/^(const|let|for|if|function|class|import|return)\b/.test(expression)) {
    throw new Error(`${file}:${line}: only expressions and simple declarations have a value`);
  }
  return `checkValue(${where}, ${expression}, ${value});`;
}

function statementsOf({ code, line }: Example): Statement[] {
  const statements: Statement[] = [];
  let open: Statement | undefined;
  let depth = 0;
  code.split("\n").forEach((text, index) => {
    const { before, comment } = splitComment(text);
    if (open === undefined && before.trim() === "") {
      continuePromise(statements.at(-1), comment);
      return;
    }
    open ??= { code: "", line: line + index };
    open.code += open.code === "" ? before : `\n${before}`;
    depth += bracketBalance(before);
    if (depth > 0 || !/[;}]\s*$/.test(before)) return;
    if (isPromise(comment)) open.promise = comment;
    statements.push(open);
    open = undefined;
  });
  if (open) statements.push(open);
  return statements;
}

/** A comment line below a statement: its promise, or more of a promise whose brackets are open. */
function continuePromise(statement: Statement | undefined, comment: string): void {
  if (statement === undefined) return;
  if (statement.promise === undefined) {
    if (isPromise(comment)) statement.promise = comment;
  } else if (bracketBalance(statement.promise) > 0) {
    statement.promise += ` ${comment}`;
  }
}

function isPromise(comment: string): boolean {
  return /^(=>|throws \w)/.test(comment);
}

const STRINGS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

/** The code of a line and the text of the comment that ends it. */
function splitComment(line: string): { before: string; comment: string } {
  // Strings may hold "//"; blanked out, they keep their length, so positions stay true.
  const blank = line.replace(STRINGS, (text) => "_".repeat(text.length));
  const at = blank.indexOf("//");
  if (at === -1) return { before: line, comment: "" };
  return { before: line.slice(0, at).trimEnd(), comment: line.slice(at + 2).trim() };
}

function bracketBalance(text: string): number {
  const code = text.replace(STRINGS, "");
  return (code.match(/[([{]/g) ?? []).length - (code.match(/[)\]}]/g) ?? []).length;
}
