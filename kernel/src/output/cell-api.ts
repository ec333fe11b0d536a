import type { CommMessage, MimeBundle } from "../bridge/contract";
import type { ServerPort } from "../bridge/server-port";
import { type CellContext, currentCell, runInCell } from "../evaluation/cell-context";
import * as api from "../index";
import * as tslab from "../tslab-api";
import { receiveComm } from "./comm";
import { connect } from "./connection";
import { displaysSettled, sendBundle } from "./display";

/** Where libraries find the kernel without importing it. */
const KERNEL_SYMBOL = Symbol.for("headroom.kernel");

/** A bundle as libraries hand it over. */
interface DisplayedBundle extends MimeBundle {
  readonly transient?: { readonly display_id?: string };
}

/** What cells get for `"@headroom/kernel"` and `"tslab"`, and the kernel's way to their comms. */
export interface CellApi {
  readonly api: object;
  readonly tslab: object;
  readonly comms: {
    /** Hands a message to the cells' handlers as code of request `id`; posts `comm-done` after. */
    receive(id: number, message: CommMessage): void;
  };
  /** Resolves when the asynchronous displays that cells began are sent. Never rejects. */
  settled(): Promise<void>;
}

/** Connects what cells import with the server thread, and returns it. To be called once. */
export function createCellApi(port: ServerPort): CellApi {
  connect(port);
  Object.defineProperty(globalThis, KERNEL_SYMBOL, {
    configurable: true,
    value: {
      display: ({ data, metadata, transient }: DisplayedBundle, update: boolean) =>
        sendBundle({ data, metadata: metadata ?? {} }, transient?.display_id, update),
    },
  });
  return {
    api,
    tslab,
    comms: { receive: (id, message) => receive(port, id, message) },
    settled: displaysSettled,
  };
}

function receive(port: ServerPort, id: number, message: CommMessage): void {
  const context: CellContext = {
    id,
    label: "comm",
    allowStdin: false,
    dead: false,
    pending: new Set(),
  };
  const work = () => {
    receiveComm(message);
    port.post({ type: "comm-done", id });
  };
  if (currentCell().id === id) work();
  else runInCell(context, work);
}
