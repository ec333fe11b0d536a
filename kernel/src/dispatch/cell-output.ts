import type { CommMessage, MimeBundle } from "../bridge/contract";
import type { CellRecords } from "./cell-records";
import { toPrintedPlaces, withPrintedPlaces } from "./printed-places";
import type { StreamName } from "./stream-buffer";
import { createStreamBuffer } from "./stream-buffer";
import type { Extras, Wire } from "./wire";

/** Publishes what cells produce under the cell that produced it, in the order of its making. */
export interface CellOutput {
  stream(id: number, name: StreamName, text: string): void;
  display(id: number, bundle: MimeBundle, displayId: string | undefined, update: boolean): void;
  clear(id: number, wait: boolean): void;
  comm(id: number, message: CommMessage): void;
  /** Any other message of a cell: `execute_input`, `execute_result`, `error`. */
  publish(id: number, type: string, content: Readonly<Record<string, unknown>>): void;
  /** Sends all text that waits for more. */
  flush(): void;
  /**
   * What the cell last wrote to stdout without a line's end, which is then not shown as output; if it
   * has been shown, it is returned all the same, at most 1,000 units of it.
   */
  takeLastLine(id: number): string;
}

/** Returns the output of all cells in `records`; cells that are silent publish nothing. */
export function createCellOutput(
  wire: Wire,
  records: CellRecords,
  log: (text: string) => void,
): CellOutput {
  /** The end of stdout, of the cell that wrote there last. */
  let tail = { id: 0, text: "" };
  function send(id: number, type: string, content: object, extras?: Extras): void {
    const record = records.get(id);
    if (record?.silent) log(`silent cell ${id}: ${type} is not published`);
    else wire.publish(record?.request.message.header, type, { ...content }, extras);
  }
  const streams = createStreamBuffer((id, name, text) =>
    send(id, "stream", { name, text: toPrintedPlaces(text, records.source) }),
  );
  const ordered: typeof send = (...message) => {
    streams.flush();
    send(...message);
  };
  return {
    stream(id, name, text) {
      if (name === "stdout") {
        const before = tail.id === id ? tail.text : "";
        tail = { id, text: (before + text.slice(-1000)).slice(-1000) };
      }
      streams.add(id, name, text);
    },
    display(id, bundle, displayId, update) {
      const { data, metadata } = withPrintedPlaces(bundle, records.source);
      const transient = displayId === undefined ? {} : { display_id: displayId };
      const type = update ? "update_display_data" : "display_data";
      ordered(id, type, { data, metadata, transient });
    },
    clear: (id, wait) => ordered(id, "clear_output", { wait }),
    comm(id, { kind, commId, targetName, data, metadata, buffers }) {
      streams.flush();
      const target = kind === "comm_open" ? { target_name: targetName } : {};
      const content = { comm_id: commId, ...target, data };
      const parent = records.get(id)?.request.message.header;
      wire.publish(parent, kind, content, { metadata, buffers });
    },
    publish: (id, type, content) => ordered(id, type, content),
    flush: () => streams.flush(),
    takeLastLine(id) {
      const shown = tail.id === id ? tail.text.slice(tail.text.lastIndexOf("\n") + 1) : "";
      tail = { id, text: "" };
      return streams.takeLastLine(id) || shown;
    },
  };
}
