import type { ServerPort } from "../bridge/server-port";
import { type CaptureOptions, captureChildren } from "./captured-children";
import { captureFiles } from "./captured-files";
import { outboxOf } from "./outbox";
import { StandardStream, type StandardStreams } from "./standard-stream";

/**
 * Sends all that is written to standard output and standard error to the server thread, under the
 * cell that wrote it: by `process.stdout`, by file descriptor, by child processes that inherit the
 * streams, and by worker threads (Node pipes theirs into `process.stdout`). Waits after 32 MB until
 * the server thread has sent them. To be called once, before anything is written.
 */
export function captureStreams(port: ServerPort, options: CaptureOptions = {}): void {
  const outbox = outboxOf(port);
  const streams: StandardStreams = {
    stdout: new StandardStream(1, (text) => outbox.stream("stdout", text)),
    stderr: new StandardStream(2, (text) => outbox.stream("stderr", text)),
  };
  for (const name of ["stdout", "stderr"] as const) {
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => streams[name],
    });
  }
  captureFiles(streams);
  captureChildren(streams, options);
}
