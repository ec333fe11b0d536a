import type { Place } from "../cell/compiled-cell";
import type { Request } from "./wire";

/** A cell (or a comm message, which can print as well) that runs or has run. */
interface CellRecord {
  readonly id: number;
  /** What stack frames call it: `In[3]`. */
  readonly label: string;
  /** Output belongs to this request. */
  readonly request: Request;
  /** True: nothing that it writes is published. */
  readonly silent: boolean;
  readonly allowStdin: boolean;
}

/** A cell's text, for tracebacks. */
export interface CellSource {
  readonly code: string;
  /** Where a place of the compiled cell comes from. */
  toSource(place: Place): Place;
}

/** How many cells are remembered for their late output. */
const RECORDS = 10_000;

/** How many UTF-16 units of cells' text are remembered for tracebacks. */
const SOURCE_LENGTH = 16 << 20;

/** Remembers cells: who gets their late output, and what they say at line 2. */
export interface CellRecords {
  /** Returns a number that no other cell has. */
  nextId(): number;
  add(record: CellRecord): void;
  /** The cell that output belongs to: for an id that is not known, the one that began last. */
  get(id: number): CellRecord | undefined;
  addSource(label: string, source: CellSource): void;
  source(label: string): CellSource | undefined;
}

/** Returns an empty memory of cells; it forgets the oldest when it has grown large. */
export function createCellRecords(): CellRecords {
  const records = new Map<number, CellRecord>();
  const sources = new Map<string, CellSource>();
  let length = 0;
  let ids = 0;
  let last: CellRecord | undefined;
  return {
    nextId: () => ++ids,
    add(record) {
      last = record;
      records.set(record.id, record);
      for (const oldest of records.keys()) {
        if (records.size <= RECORDS) break;
        records.delete(oldest);
      }
    },
    get: (id) => records.get(id) ?? last,
    addSource(label, source) {
      length += source.code.length - (sources.get(label)?.code.length ?? 0);
      sources.delete(label);
      sources.set(label, source);
      for (const [oldest, { code }] of sources) {
        if (length <= SOURCE_LENGTH || sources.size === 1) break;
        sources.delete(oldest);
        length -= code.length;
      }
    },
    source: (label) => sources.get(label),
  };
}
