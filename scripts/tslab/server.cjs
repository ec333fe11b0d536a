// @ts-check
// The kernel's sockets: requests in, replies and output out.
"use strict";

const zmq = require("zeromq");
const { decode, encode } = require("./wire.cjs");

/**
 * @typedef {import("./wire.cjs").Content} Content
 * @typedef {import("./wire.cjs").Header} Header
 * @typedef {import("./wire.cjs").Message} Message
 * @typedef {import("./wire.cjs").Signing & { transport: string, ip: string, shell_port: number,
 *   control_port: number, iopub_port: number, stdin_port: number, hb_port: number }} Connection
 * @typedef {"shell" | "control"} Channel
 * @typedef {(request: Message, channel: Channel) => void} Handler
 */

/**
 * With these, a send is over when it returns, so that nothing is dropped, nothing overtakes, and
 * a loop that never awaits is heard while it runs. What the other side has not read yet waits in
 * ZeroMQ's own memory; at the end it has a second to go out.
 */
const SOCKET_OPTIONS = { sendTimeout: 0, sendHighWaterMark: 0, linger: 1000 };

class Server {
  #connection;
  #sockets = {
    shell: new zmq.Router({ ...SOCKET_OPTIONS, receiveHighWaterMark: 0 }),
    control: new zmq.Router({ ...SOCKET_OPTIONS, receiveHighWaterMark: 0 }),
    // Nothing is ever asked of the learner: tslab has no input. Front ends connect to it still.
    stdin: new zmq.Router(SOCKET_OPTIONS),
    iopub: new zmq.Publisher(SOCKET_OPTIONS),
  };

  /** @type {WeakMap<Message, Channel>} */
  #channels = new WeakMap();

  /** @param {Connection} connection what the connection file says */
  constructor(connection) {
    this.#connection = connection;
  }

  /** Binds the sockets, to the address of the connection alone. */
  async bind() {
    const { shell_port, control_port, stdin_port, iopub_port } = this.#connection;
    await this.#sockets.iopub.bind(addressOf(this.#connection, iopub_port));
    await this.#sockets.stdin.bind(addressOf(this.#connection, stdin_port));
    await this.#sockets.control.bind(addressOf(this.#connection, control_port));
    await this.#sockets.shell.bind(addressOf(this.#connection, shell_port));
  }

  /**
   * Hands every valid request to `handle`, for as long as the kernel lives.
   *
   * @param {Channel} channel
   * @param {Handler} handle
   */
  async listen(channel, handle) {
    for await (const frames of this.#sockets[channel]) {
      const request = this.#decode(frames);
      if (!request) continue;
      this.#channels.set(request, channel);
      handle(request, channel);
    }
  }

  /**
   * @param {Buffer[]} frames
   * @returns {Message | undefined} undefined for what is not meant for this kernel, or garbage
   */
  #decode(frames) {
    try {
      return decode(this.#connection, frames);
    } catch {
      return undefined;
    }
  }

  /**
   * Says that the kernel is busy with the request.
   *
   * @param {Message} request
   */
  start(request) {
    this.publish("status", { execution_state: "busy" }, request.header);
  }

  /**
   * Answers the request and says that the kernel is idle.
   *
   * @param {Message} request
   * @param {Content} content
   * @param {Content} [metadata]
   */
  finish(request, content, metadata = {}) {
    const { identities, header } = request;
    const type = header.msg_type.replace(/_request$/, "_reply");
    const reply = { identities, type, parent: header, content, metadata };
    const channel = this.#channels.get(request) ?? "shell";
    send(this.#sockets[channel], encode(this.#connection, reply));
    this.finishSilently(request);
  }

  /**
   * Says that the kernel is idle, without an answer: that of a message that asks for none.
   *
   * @param {Message} request
   */
  finishSilently(request) {
    this.publish("status", { execution_state: "idle" }, request.header);
  }

  /**
   * Sends a message to all front ends.
   *
   * @param {string} type
   * @param {Content} content
   * @param {Header} parent the header of the request that it comes from
   */
  publish(type, content, parent) {
    const message = { identities: [type], type, parent, content };
    send(this.#sockets.iopub, encode(this.#connection, message));
  }

  /** Closes the sockets; what has been sent still goes out. */
  close() {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }
}

/**
 * @param {import("zeromq").Router | import("zeromq").Publisher} socket
 * @param {(string | Buffer)[]} frames
 */
function send(socket, frames) {
  // A front end that has gone away can't be told.
  socket.send(frames).catch(() => {});
}

/**
 * @param {Pick<Connection, "transport" | "ip">} connection
 * @param {number} port
 */
function addressOf({ transport, ip }, port) {
  return `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${port}`;
}

module.exports = { Server, addressOf };
