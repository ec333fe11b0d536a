/** Replaces what an encoder might use by what lies; returns how to put it back. */
export function sabotage(): () => void {
  const lie = () => {
    throw new Error("a replaced method was called");
  };
  const places: readonly (readonly [object, PropertyKey])[] = [
    [Array.prototype, "map"],
    [Array.prototype, "push"],
    [Array.prototype, "join"],
    [Array.prototype, Symbol.iterator],
    [Array, "isArray"],
    [Object, "keys"],
    [Object, "entries"],
    [Object, "hasOwn"],
    [JSON, "stringify"],
    [Map.prototype, "forEach"],
    [Date.prototype, "getTime"],
    [RegExp.prototype, "toString"],
    [String.prototype, "slice"],
    [Reflect, "apply"],
    [Function.prototype, "call"],
    [Function.prototype, "apply"],
  ];
  const kept = places.map(([object, key]) => ({ object, key, value: Reflect.get(object, key) }));
  const { set } = Reflect;
  // By index: the iterator of arrays is among what is replaced.
  const putAll = (pick: (place: (typeof kept)[number]) => unknown) => {
    for (let index = 0; index < kept.length; index++) {
      const place = kept[index];
      if (place !== undefined) set(place.object, place.key, pick(place));
    }
  };
  putAll(() => lie);
  return () => putAll(({ value }) => value);
}
