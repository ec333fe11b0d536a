import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";

type Request = (options: string | { url: string; method?: string; headers?: object }) => Readable;
const request: Request & { get: Request } = createRequire(__filename)("../../stubs/request");

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

interface Status {
  statusCode: number;
  statusMessage: string;
}

/** The statuses that the stream tells, until one of them is no success or the body ends. */
function follow(stream: Readable): Promise<{ statuses: Status[]; body: string }> {
  return new Promise((resolve) => {
    const statuses: Status[] = [];
    let body = "";
    stream.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    stream.on("end", () => resolve({ statuses, body }));
    stream.on("response", (status: Status) => {
      statuses.push(status);
      if (status.statusCode !== 200) resolve({ statuses, body });
    });
  });
}

describe("the stand-in for request", () => {
  it("streams what an address answers, after its status", async () => {
    const text = "a,b\n1,2\n".repeat(50_000);
    const url = await serve((_, response) => response.end(text));
    const { statuses, body } = await follow(request.get(url));
    expect(statuses).toEqual([{ statusCode: 200, statusMessage: "OK" }]);
    expect(body).toBe(text);
  });

  it("sends method and headers", async () => {
    const url = await serve((incoming, response) =>
      response.end(`${incoming.method} ${incoming.headers.accept}`),
    );
    const sent = follow(request({ url, method: "POST", headers: { Accept: "text/csv" } }));
    expect((await sent).body).toBe("POST text/csv");
  });

  it("tells a status that is no success, and sends no error page as data", async () => {
    const url = await serve((_, response) => response.writeHead(404).end("gone"));
    expect(await follow(request(url))).toEqual({
      statuses: [{ statusCode: 404, statusMessage: "Not Found" }],
      body: "",
    });
  });

  it("tells a failure as status 0 with its reason, at once and on the way", async () => {
    const cut = await serve((_, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("a,b\n", () => response.destroy());
    });
    const broken = await follow(request.get(cut));
    expect(broken.statuses.map(({ statusCode }) => statusCode)).toEqual([200, 0]);
    const refused = await follow(request.get("no address"));
    expect(refused.statuses).toMatchObject([
      { statusCode: 0, statusMessage: expect.stringContaining("no address: Invalid URL") },
    ]);
  });
});
