/**
 * The order in which CPython 3.11 iterates over a set of numbers that were added one by one:
 * that of its hash table. Source: `set_add_entry`, `set_insert_clean` and `set_table_resize` of
 * Objects/setobject.c, `_Py_HashDouble` of Python/pyhash.c.
 */
const SMALLEST_TABLE = 8;
const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5n;
/** Numbers hash to their remainder by this prime, as 2^61 is 1 in that ring. */
const MODULUS_BITS = 61n;
const MODULUS = (1n << MODULUS_BITS) - 1n;
const WORD = 64;
/** From here on a set grows by two instead of by four. */
const LARGE_SET = 50000;

interface Entry {
  readonly value: number;
  readonly hash: bigint;
}
type Table = (Entry | undefined)[];

/** Returns the different ones of finite numbers in the order of `set(values)` in CPython. */
export function inSetOrder(values: Iterable<number>): number[] {
  let table: Table = new Array(SMALLEST_TABLE).fill(undefined);
  let used = 0;
  for (const value of new Set(values)) {
    insert(table, { value, hash: BigInt.asUintN(WORD, hashOf(value)) });
    used += 1;
    if (used * 5 >= (table.length - 1) * 3) table = grown(table, used);
  }
  return table.flatMap((entry) => (entry ? [entry.value] : []));
}

/** Returns `hash(value)` of CPython on 64-bit machines, for a finite number. */
export function hashOf(value: number): bigint {
  let digits = Math.abs(value);
  let shift = 0n;
  while (!Number.isInteger(digits)) {
    digits *= 2;
    shift += 1n;
  }
  // Dividing by 2^shift is multiplying by 2^(-shift), and exponents count modulo 61.
  const exponent = (MODULUS_BITS - (shift % MODULUS_BITS)) % MODULUS_BITS;
  const size = ((BigInt(digits) % MODULUS) << exponent) % MODULUS;
  const hash = value < 0 ? -size : size;
  return hash === -1n ? -2n : hash;
}

function insert(table: Table, entry: Entry): void {
  const mask = table.length - 1;
  let perturb = entry.hash;
  let i = Number(entry.hash & BigInt(mask));
  for (;;) {
    const last = i + LINEAR_PROBES <= mask ? i + LINEAR_PROBES : i;
    for (let slot = i; slot <= last; slot++) {
      if (table[slot] !== undefined) continue;
      table[slot] = entry;
      return;
    }
    perturb >>= PERTURB_SHIFT;
    i = Number((BigInt(i) * 5n + 1n + perturb) & BigInt(mask));
  }
}

function grown(table: Table, used: number): Table {
  const wanted = used > LARGE_SET ? used * 2 : used * 4;
  let size = SMALLEST_TABLE;
  while (size <= wanted) size *= 2;
  const larger: Table = new Array(size).fill(undefined);
  for (const entry of table) if (entry) insert(larger, entry);
  return larger;
}
