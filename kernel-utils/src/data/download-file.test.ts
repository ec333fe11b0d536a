import { createHash } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloadFile } from "./download-file";

const BODY = Buffer.alloc(300_000, "headroom");
const MD5 = createHash("md5").update(BODY).digest("hex");
let folder: string;
let path: string;
let server: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-"));
  path = join(folder, "below", "file.gz");
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
  rmSync(folder, { recursive: true });
});

/** Starts a server on this machine and returns its address. */
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/file.gz`;
}

const left = () => readdirSync(join(folder, "below"));

describe("downloadFile", () => {
  it("writes the whole file, making its folder, and leaves nothing else", async () => {
    const url = await serve((_, response) => response.end(BODY));
    await downloadFile({ url, path, md5: MD5 });
    expect(readFileSync(path).equals(BODY)).toBe(true);
    expect(left()).toEqual(["file.gz"]);
  });

  it("keeps nothing of another file, and says both checksums", async () => {
    const url = await serve((_, response) => response.end("<html>please log in</html>"));
    const found = createHash("md5").update("<html>please log in</html>").digest("hex");
    await expect(downloadFile({ url, path, md5: MD5 })).rejects.toMatchObject({
      code: "corrupt-file",
      data: { url, path, expected: MD5, found },
      message: expect.stringMatching(new RegExp(`${found}, expected ${MD5}`)),
    });
    expect(left()).toEqual([]);
  });

  it("keeps nothing where the server breaks off", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-length": BODY.length });
      response.write(BODY.subarray(0, 1000), () => response.destroy());
    });
    await expect(downloadFile({ url, path, md5: MD5 })).rejects.toMatchObject({
      code: "no-network",
    });
    expect(left()).toEqual([]);
  });

  it("gives up on a server that falls silent", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-length": BODY.length });
      response.write("a");
    });
    await expect(downloadFile({ url, path, md5: MD5, idleSeconds: 0.2 })).rejects.toMatchObject({
      code: "no-network",
      message: expect.stringContaining("no byte for 0.2 seconds"),
    });
    expect(left()).toEqual([]);
  });

  it("waits for a slow server as long as bytes come", async () => {
    const url = await serve(async (_, response) => {
      for (let start = 0; start < BODY.length; start += 50_000) {
        response.write(BODY.subarray(start, start + 50_000));
        await new Promise((done) => setTimeout(done, 100));
      }
      response.end();
    });
    await downloadFile({ url, path, md5: MD5, idleSeconds: 0.4 });
    expect(existsSync(path)).toBe(true);
  });

  it("says what a server answered that has no such file", async () => {
    const url = await serve((_, response) => response.writeHead(404).end("gone"));
    await expect(downloadFile({ url, path, md5: MD5 })).rejects.toMatchObject({
      code: "no-network",
      message: expect.stringContaining("the server answered 404 Not Found"),
    });
  });

  it("says why there is no server", async () => {
    const url = await serve((_, response) => response.end());
    await new Promise((done) => server?.close(done));
    server = undefined;
    await expect(downloadFile({ url, path, md5: MD5 })).rejects.toMatchObject({
      code: "no-network",
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  it("does not call trouble with the disk a trouble with the network", async () => {
    const url = await serve((_, response) => response.end(BODY));
    writeFileSync(join(folder, "below"), "a file where a folder is wanted");
    await expect(downloadFile({ url, path, md5: MD5 })).rejects.toMatchObject({ code: "EEXIST" });
  });

  it("leaves a file that is there untouched when the download fails", async () => {
    const url = await serve((_, response) => response.end("other"));
    await downloadFile({ url, path, md5: createHash("md5").update("other").digest("hex") });
    await expect(downloadFile({ url, path, md5: MD5 })).rejects.toThrow();
    expect(readFileSync(path, "utf8")).toBe("other");
  });

  it("removes what killed runs left long ago, but no other run's work", async () => {
    const url = await serve((_, response) => response.end(BODY));
    await downloadFile({ url, path, md5: MD5 });
    const [old, young, other] = ["file.gz.1-a.part", "file.gz.2-b.part", "other.gz.1-a.part"];
    for (const name of [old, young, other]) writeFileSync(join(folder, "below", name ?? ""), "x");
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of [old, other])
      utimesSync(join(folder, "below", name ?? ""), longAgo, longAgo);
    await downloadFile({ url, path, md5: MD5 });
    expect(left().sort()).toEqual(["file.gz", young, other]);
  });

  it("lets two runs fetch the same file at once", async () => {
    const url = await serve((_, response) => response.end(BODY));
    await Promise.all([1, 2, 3].map(() => downloadFile({ url, path, md5: MD5 })));
    expect(readFileSync(path).equals(BODY)).toBe(true);
    expect(left()).toEqual(["file.gz"]);
  });
});
