// @ts-check
// Stands in for the abandoned package request, as far as danfojs-node uses it, over fetch.
const { once } = require("node:events");
const { PassThrough } = require("node:stream");

/**
 * The innermost reason of a failed fetch: "fetch failed" says nothing, its cause does.
 * @param {Error} error
 * @returns {string}
 */
function reasonOf(error) {
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

/**
 * Fills `body` with the answer to a request, after an event "response" with its status.
 *
 * A failure is told by such an event too, with status 0, and the stream then stays open:
 * danfojs-node rejects on a status that is no success, but listens to no "error", which would end
 * the process.
 *
 * @param {{ url: string, method?: string, headers?: Record<string, string> }} options
 * @param {PassThrough} body
 */
async function send({ url, method = "GET", headers = {} }, body) {
  try {
    const response = await fetch(url, { method, headers });
    body.emit("response", { statusCode: response.status, statusMessage: response.statusText });
    if (!response.ok || response.body === null) return;
    for await (const chunk of response.body) {
      if (!body.write(chunk)) await once(body, "drain");
    }
    body.end();
  } catch (error) {
    body.emit("response", {
      statusCode: 0,
      statusMessage: `${url}: ${reasonOf(/** @type {Error} */ (error))}`,
    });
  }
}

/**
 * Returns a stream of what `url` answers, and emits "response" on it first.
 *
 * @param {string | { url: string, method?: string, headers?: Record<string, string> }} options
 */
function request(options) {
  const body = new PassThrough();
  void send(typeof options === "string" ? { url: options } : options, body);
  return body;
}

request.get = request;

module.exports = request;
