/** Where the states of trials are kept, by the trial's id. */
export interface CheckpointStore {
  /** Keeps bytes; whoever reads finds the old ones or the new ones, whole. */
  write(id: string, bytes: Uint8Array): void;
  /** Returns what was kept; undefined for nothing. */
  read(id: string): Uint8Array | undefined;
  /** Forgets it; does nothing where there is none. */
  remove(id: string): void;
  /** The ids of all that are kept, in any order. */
  ids(): readonly string[];
  /** The folder whose files they are, which other processes can use, too; undefined where there is none. */
  readonly folder?: string;
}

/** Returns a store in this process's memory. */
export function memoryCheckpoints(): CheckpointStore {
  const kept = new Map<string, Uint8Array>();
  return {
    write: (id, bytes) => void kept.set(id, bytes),
    read: (id) => kept.get(id),
    remove: (id) => void kept.delete(id),
    ids: () => [...kept.keys()],
  };
}
