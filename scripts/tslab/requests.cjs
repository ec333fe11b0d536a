// @ts-check
// Which request is answered by whom.
"use strict";

const { complete, inspect, isComplete, kernelInfo } = require("./replies.cjs");

/**
 * @typedef {InstanceType<typeof import("./execution.cjs").Execution>} Execution
 * @typedef {import("./server.cjs").Channel} Channel
 * @typedef {InstanceType<typeof import("./server.cjs").Server>} Server
 * @typedef {InstanceType<typeof import("./tslab.cjs").Tslab>} Tslab
 * @typedef {import("./wire.cjs").Content} Content
 * @typedef {import("./wire.cjs").Message} Message
 */

/**
 * Answers requests from now on. Cells wait for each other; all else is answered at once, also
 * while a cell awaits something.
 *
 * @param {Server} server
 * @param {Execution} execution
 * @param {Tslab} tslab
 */
function handleRequests(server, execution, tslab) {
  /** @type {{ [type: string]: (request: Message) => Content }} */
  const answers = {
    kernel_info_request: kernelInfo,
    complete_request: ({ content }) => complete(tslab, content),
    inspect_request: ({ content }) => inspect(tslab, content),
    is_complete_request: ({ content }) => isComplete(content),
    history_request: () => ({ status: "ok", history: [] }),
    comm_info_request: () => ({ status: "ok", comms: {} }),
    interrupt_request: () => {
      execution.interrupt();
      return { status: "ok" };
    },
    shutdown_request: (request) => {
      execution.abandon();
      const reply = { status: "ok", restart: request.content.restart === true };
      server.publish("shutdown_reply", reply, request.header); // other front ends hear of it so
      return reply;
    },
  };

  /** @param {Message} request */
  const handle = (request) => {
    const type = request.header.msg_type;
    if (type === "execute_request") {
      execution.add(request);
      return;
    }
    server.start(request);
    const answer = answers[type];
    if (answer)
      server.finish(
        request,
        attempt(() => answer(request)),
      );
    else refuse(server, request);
    if (type === "shutdown_request") process.exit(0);
  };
  void server.listen("shell", handle);
  void server.listen("control", handle);
}

/**
 * The reply, or one that says what failed: tslab's compiler may give up on odd code.
 *
 * @param {() => Content} answer
 * @returns {Content}
 */
function attempt(answer) {
  try {
    return answer();
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
  }
}

/**
 * A message of a kind that tslab does not know. A comm that a widget wants to open is closed again.
 *
 * @param {Server} server
 * @param {Message} request
 */
function refuse(server, request) {
  if (request.header.msg_type === "comm_open") {
    const content = { comm_id: request.content.comm_id, data: {} };
    server.publish("comm_close", content, request.header);
  }
  server.finishSilently(request);
}

module.exports = { handleRequests };
