/** Graphs that have been loaded, kept for the next model of the same architecture. */
import { createHash } from "node:crypto";
import { type NodeDef, savedModel } from "../graph/saved-model";
import type { NodeBackend } from "./backend";
import { GraphSession } from "./graph-session";

/** How many idle graphs are kept; each holds its variables. */
const MOST_IDLE = 16;

/** A graph in use by one training. */
export interface BorrowedSession {
  readonly session: GraphSession;
  /** Tells equal graphs. */
  readonly key: string;
  /** Whether it was there before. */
  readonly isReused: boolean;
  /** Gives it back. */
  release(): void;
}

const idle = new Map<string, GraphSession[]>();
let idleCount = 0;

/** Returns a loaded graph that nobody else uses. */
export function borrowSession(backend: NodeBackend, nodes: readonly NodeDef[]): BorrowedSession {
  const bytes = savedModel(nodes);
  const key = createHash("sha256").update(bytes).digest("base64");
  const kept = take(key);
  const session = kept ?? new GraphSession(backend, bytes);
  let isReleased = false;
  return {
    session,
    key,
    isReused: kept !== undefined,
    release() {
      if (isReleased) return;
      isReleased = true;
      keep(key, session);
    },
  };
}

/** Frees all graphs that nobody uses. */
export function disposeIdleSessions(): void {
  for (const sessions of idle.values()) for (const session of sessions) session.dispose();
  idle.clear();
  idleCount = 0;
}

function take(key: string): GraphSession | undefined {
  const sessions = idle.get(key);
  const kept = sessions?.pop();
  if (kept !== undefined) idleCount--;
  if (sessions?.length === 0) idle.delete(key);
  return kept;
}

function keep(key: string, session: GraphSession): void {
  const others = idle.get(key) ?? [];
  // The one used last goes to the end; the first is the one that has not been of use for longest.
  idle.delete(key);
  idle.set(key, [...others, session]);
  idleCount++;
  while (idleCount > MOST_IDLE) {
    const [oldest, sessions] = [...idle][0] as [string, GraphSession[]];
    sessions.shift()?.dispose();
    idleCount--;
    if (sessions.length === 0) idle.delete(oldest);
  }
}
