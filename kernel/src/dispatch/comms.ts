import type { CommKind, CommMessage } from "../bridge/contract";
import { objectField, textField } from "../messages/fields";
import type { Message } from "../messages/message";

/** Knows which comms are open, and who listens. */
export interface Comms {
  /** User code listens for comms of this target, or no longer does. */
  setTarget(name: string, open: boolean): void;
  /** Returns the front end's message for user code; undefined where nobody listens to it. */
  receive(kind: CommKind, message: Message): CommMessage | undefined;
  /** Notes what user code sends. */
  sent(message: CommMessage): void;
  /** The content of a `comm_info_reply`; an empty `target` stands for all. */
  info(target: string): { comms: Record<string, { target_name: string }> };
}

/** Returns the comms of a kernel: none at first. */
export function createComms(): Comms {
  const targets = new Set<string>();
  const comms = new Map<string, string>();
  return {
    setTarget(name, open) {
      if (open) targets.add(name);
      else targets.delete(name);
    },
    receive(kind, { content, metadata, buffers }) {
      const commId = textField(content, "comm_id");
      const targetName = textField(content, "target_name");
      if (commId === "") return undefined;
      if (kind === "comm_open") {
        if (!targets.has(targetName)) return undefined;
        comms.set(commId, targetName);
      } else if (!comms.has(commId)) {
        return undefined;
      }
      if (kind === "comm_close") comms.delete(commId);
      return {
        kind,
        commId,
        ...(kind === "comm_open" ? { targetName } : {}),
        data: content.data ?? objectField(content, "data"),
        metadata: { ...metadata },
        // Copies: a buffer's memory may be shared with others.
        buffers: buffers.map((buffer) => new Uint8Array(buffer)),
      };
    },
    sent({ kind, commId, targetName }) {
      if (kind === "comm_open") comms.set(commId, targetName ?? "");
      if (kind === "comm_close") comms.delete(commId);
    },
    info: (target) => ({
      comms: Object.fromEntries(
        [...comms]
          .filter(([, name]) => target === "" || name === target)
          .map(([id, name]) => [id, { target_name: name }]),
      ),
    }),
  };
}
