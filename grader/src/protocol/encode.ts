/**
 * Writes values as text. In the sandbox it does so amid the student's code, which may have replaced
 * any method: so whatever it needs is kept from the start, and a text is put together by `+` alone,
 * which nobody can replace. A value may still lie (getters, proxies): then the lie is what counts.
 */
import { types } from "node:util";
import type { Encoded } from "./codec";
import {
  MOST_CHARACTERS,
  MOST_DIGITS,
  MOST_LEVELS,
  MOST_PARTS,
  TYPED_ARRAYS,
} from "./value-limits";

const { stringify, parse } = JSON;
const { isArray } = Array;
const { keys, hasOwn } = Object;
const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { forEach: eachOfMap } = Map.prototype;
const { forEach: eachOfSet } = Set.prototype;
const { getTime } = Date.prototype;
const { toString: printRegExp } = RegExp.prototype;
const { lastIndexOf, slice } = String.prototype;
const typedArray = getPrototypeOf(Int8Array.prototype) as object;
const kindOfTyped = getterOf(typedArray, Symbol.toStringTag);
const lengthOfTyped = getterOf(typedArray, "length");
const typedNames: Record<string, true> = Object.create(null);
for (const name of TYPED_ARRAYS.keys()) typedNames[name] = true;
// The object of these functions can be changed by the student, the functions not.
const {
  isAnyArrayBuffer,
  isBoxedPrimitive,
  isDate,
  isGeneratorObject,
  isMap,
  isMapIterator,
  isNativeError,
  isPromise,
  isRegExp,
  isSet,
  isSetIterator,
  isTypedArray,
  isWeakMap,
  isWeakSet,
} = types;

/** What else the encoder may be told. */
export interface EncodeOptions {
  /** Returns the number of a function that this side answers; undefined for any other. */
  readonly callback?: (fn: object) => number | undefined;
}

/** The values of which the current one is a part. */
interface Above {
  readonly value: object;
  readonly above: Above | undefined;
  readonly level: number;
}

interface Budget {
  parts: number;
  characters: number;
  readonly options: EncodeOptions;
}

/**
 * Returns a value as data. Throws a RangeError for one that is too large, and whatever its getters
 * throw.
 */
export function encode(value: unknown, options: EncodeOptions = {}): Encoded {
  return parse(encodeText(value, options)) as Encoded;
}

/** As `encode`, as JSON text. */
export function encodeText(value: unknown, options: EncodeOptions = {}): string {
  return textOf(value, undefined, { parts: 0, characters: 0, options });
}

function textOf(value: unknown, above: Above | undefined, budget: Budget): string {
  take(budget, 1);
  switch (typeof value) {
    case "boolean":
      return value ? "true" : "false";
    case "number":
      return numberText(value);
    case "string":
      return stringText(value, budget);
    case "bigint":
      return bigintText(value);
    case "undefined":
      return '{"$":"undefined"}';
    case "symbol":
      return opaqueText("symbol", "");
    case "function":
      return functionText(value as object, budget);
    default:
      return value === null ? "null" : objectText(value as object, above, budget);
  }
}

function take(budget: Budget, parts: number): void {
  budget.parts += parts;
  if (budget.parts > MOST_PARTS) {
    throw new RangeError(`the value is too large to be judged: more than ${MOST_PARTS} parts`);
  }
}

function numberText(value: number): string {
  if (value === 0) return 1 / value < 0 ? '{"$":"number","v":"-0"}' : "0";
  // NaN and the infinities differ from themselves.
  return value - value === 0 ? `${value}` : `{"$":"number","v":"${value}"}`;
}

function bigintText(value: bigint): string {
  const text = `${value}`;
  if (text.length > MOST_DIGITS) {
    throw new RangeError(`the value is too large to be judged: more than ${MOST_DIGITS} digits`);
  }
  return `{"$":"bigint","v":"${text}"}`;
}

function stringText(value: string, budget: Budget): string {
  budget.characters += value.length;
  if (budget.characters > MOST_CHARACTERS) {
    throw new RangeError(
      `the value is too large to be judged: more than ${MOST_CHARACTERS} characters of text`,
    );
  }
  return stringify(value);
}

function functionText(value: object, budget: Budget): string {
  const number = budget.options.callback?.(value);
  if (number !== undefined) return `{"$":"callback","v":${number}}`;
  const name: unknown = getOwnPropertyDescriptor(value, "name")?.value;
  return opaqueText("function", typeof name === "string" ? name : "");
}

function opaqueText(kind: string, name: string): string {
  return `{"$":"opaque","v":"${kind}","name":${shortText(name, 100)}}`;
}

function objectText(value: object, above: Above | undefined, budget: Budget): string {
  const level = (above?.level ?? 0) + 1;
  let up = 0;
  for (let other = above; other !== undefined; other = other.above) {
    up++;
    if (other.value === value) return `{"$":"cycle","v":${up}}`;
  }
  if (level > MOST_LEVELS) {
    throw new RangeError(
      `the value is nested too deeply to be judged: more than ${MOST_LEVELS} levels`,
    );
  }
  const here = { value, above, level };
  if (isArray(value)) return arrayText(value, here, budget);
  if (isTypedArray(value)) return typedText(value, budget);
  if (isMap(value)) return mapText(value, here, budget);
  if (isSet(value)) return setText(value, here, budget);
  if (isDate(value)) return `{"$":"date","v":${numberText(apply(getTime, value, []) as number)}}`;
  if (isRegExp(value)) return regExpText(value);
  if (isNativeError(value)) return errorText(value);
  const kind = opaqueKind(value);
  if (kind !== undefined) return opaqueText(kind, "");
  return tensorText(value, budget) ?? `{"$":"object","v":[${properties(value, here, budget)}]}`;
}

function opaqueKind(value: object): string | undefined {
  if (isPromise(value)) return "promise";
  if (isGeneratorObject(value) || isMapIterator(value) || isSetIterator(value)) return "iterator";
  if (isWeakMap(value) || isWeakSet(value)) return "weak collection";
  if (isAnyArrayBuffer(value)) return "buffer";
  return isBoxedPrimitive(value) ? "boxed value" : undefined;
}

function arrayText(value: readonly unknown[], here: Above, budget: Budget): string {
  const { length } = value;
  // A proxy may call anything its length.
  if (typeof length !== "number" || !(length >= 0))
    throw new TypeError("an array without a length");
  if (length > MOST_PARTS) take(budget, length);
  let text = "";
  for (let index = 0; index < length; index++) {
    const part = value[index];
    const isHole = part === undefined && !hasOwn(value, index);
    if (isHole) take(budget, 1);
    text += `${index === 0 ? "" : ","}${isHole ? '{"$":"hole"}' : textOf(part, here, budget)}`;
  }
  return `[${text}]`;
}

function typedText(value: object, budget: Budget): string {
  const kind = apply(kindOfTyped, value, []) as string;
  if (!typedNames[kind]) return opaqueText("typed array", kind);
  const numbers = indexedText(value as ArrayLike<unknown>, apply(lengthOfTyped, value, []), budget);
  return `{"$":"typed","type":"${kind}","v":[${numbers}]}`;
}

/** The numbers, bigints or texts of a list of a known length. */
function indexedText(list: ArrayLike<unknown>, length: unknown, budget: Budget): string {
  if (typeof length !== "number" || !(length >= 0)) throw new TypeError("a list without a length");
  take(budget, length);
  let text = "";
  for (let index = 0; index < length; index++) {
    const part = list[index];
    if (index > 0) text += ",";
    if (typeof part === "number") text += numberText(part);
    else if (typeof part === "bigint") text += bigintText(part);
    else if (typeof part === "string") text += stringText(part, budget);
    else throw new TypeError("a list of numbers with something else in it");
  }
  return text;
}

function mapText(value: object, here: Above, budget: Budget): string {
  let text = "";
  const add = (part: unknown, key: unknown) => {
    const comma = text === "" ? "" : ",";
    text += `${comma}[${textOf(key, here, budget)},${textOf(part, here, budget)}]`;
  };
  apply(eachOfMap, value, [add]);
  return `{"$":"map","v":[${text}]}`;
}

function setText(value: object, here: Above, budget: Budget): string {
  let text = "";
  const add = (part: unknown) => {
    text += `${text === "" ? "" : ","}${textOf(part, here, budget)}`;
  };
  apply(eachOfSet, value, [add]);
  return `{"$":"set","v":[${text}]}`;
}

function regExpText(value: object): string {
  const text = apply(printRegExp, value, []) as string;
  const end = apply(lastIndexOf, text, ["/"]) as number;
  const source = apply(slice, text, [1, end]) as string;
  return `{"$":"regexp","v":${shortText(source, 10_000)},"flags":${shortText(apply(slice, text, [end + 1]), 20)}}`;
}

function errorText(value: Error): string {
  return `{"$":"error","name":${shortText(value.name, 100)},"message":${shortText(value.message, 2000)}}`;
}

function shortText(value: unknown, length: number): string {
  return typeof value === "string" ? stringify(apply(slice, value, [0, length])) : '""';
}

/** TensorFlow's tensors, known by what they can do: its classes are not loaded here. */
function tensorText(value: object, budget: Budget): string | undefined {
  const { dataSync, shape, dtype } = value as Partial<Record<string, unknown>>;
  if (typeof dataSync !== "function" || !isArray(shape)) return undefined;
  const data = apply(dataSync as () => unknown, value, []) as ArrayLike<unknown>;
  const sizes = indexedText(shape, shape.length, budget);
  return `{"$":"tensor","shape":[${sizes}],"dtype":${shortText(dtype, 20)},"v":[${indexedText(data, data.length, budget)}]}`;
}

function properties(value: object, here: Above, budget: Budget): string {
  const names = keys(value);
  let text = "";
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    const part = textOf((value as Record<string, unknown>)[name], here, budget);
    text += `${index === 0 ? "" : ","}[${stringText(name, budget)},${part}]`;
  }
  return text;
}

function getterOf(object: object, name: PropertyKey): () => unknown {
  const getter = Object.getOwnPropertyDescriptor(object, name)?.get;
  if (getter === undefined) throw new Error(`expected a getter ${String(name)}`);
  return getter;
}
