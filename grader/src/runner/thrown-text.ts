/** What was thrown, as it travels. */
const { stringify } = JSON;
const { apply } = Reflect;
const { slice } = String.prototype;

const LONGEST_NAME = 100;
const LONGEST_MESSAGE = 2000;

/** Returns a thrown value's name and message as JSON text, whatever it is. Never throws. */
export function thrownText(thrown: unknown): string {
  const isObject = typeof thrown === "object" && thrown !== null;
  const name = isObject ? read(thrown, "name") : undefined;
  const message = isObject ? read(thrown, "message") : primitiveText(thrown);
  return `{"name":${cut(name, LONGEST_NAME)},"message":${cut(message, LONGEST_MESSAGE)}}`;
}

function read(thrown: object, key: "name" | "message"): unknown {
  try {
    return (thrown as Partial<Error>)[key];
  } catch {
    return undefined;
  }
}

function primitiveText(thrown: unknown): string {
  if (typeof thrown === "symbol") return "a symbol";
  if (typeof thrown === "function") return "a function";
  return `${thrown as string}`;
}

function cut(value: unknown, length: number): string {
  return typeof value === "string" ? stringify(apply(slice, value, [0, length])) : '""';
}
