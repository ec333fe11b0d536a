import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FashionMnistSource, fashionMnistSource, loadFashionMnist } from "./fashion-mnist";

const bigEndian = (value: number) => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];
const pack = (shape: number[], values: number[]) =>
  gzipSync(Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap(bigEndian), ...values]));

/** The same four files as the real ones, with two images of 2 x 3 to train and one to test. */
const files: Record<keyof FashionMnistSource["files"], Buffer> = {
  trainImages: pack([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]),
  trainLabels: pack([2], [9, 0]),
  testImages: pack([1, 2, 3], [0, 0, 0, 0, 0, 1]),
  testLabels: pack([1], [3]),
};

let folder: string;
let server: Server;
let source: FashionMnistSource;
let served: string[];

/** The real names, with the small files' checksums. */
function sourceAt(baseUrl: string, contents = files): FashionMnistSource {
  const entries = Object.entries(fashionMnistSource.files).map(([part, { name }]) => {
    const bytes = contents[part as keyof typeof files];
    return [part, { name, md5: createHash("md5").update(bytes).digest("hex") }];
  });
  return { baseUrl, files: Object.fromEntries(entries) };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "headroom-"));
  served = [];
  server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    served.push(name);
    const part = Object.entries(source.files).find(([, file]) => file.name === name)?.[0];
    response.end(files[part as keyof typeof files]);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  source = sourceAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
});

const names = () => Object.values(source.files).map((file) => file.name);

describe("loadFashionMnist", () => {
  it("fetches what is missing, once, and reads images and labels", async () => {
    const data = await loadFashionMnist({ folder, source });
    expect(data.train).toEqual({
      count: 2,
      images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255),
      labels: Uint8Array.of(9, 0),
    });
    expect(data.test).toMatchObject({ count: 1, labels: Uint8Array.of(3) });
    expect(data.imageShape).toEqual([2, 3]);
    expect([9, 0, 3].map((label) => data.classNames[label])).toEqual([
      "Ankle boot",
      "T-shirt/top",
      "Dress",
    ]);
    expect(data.attribution).toMatch(/Zalando Research.*MIT/);
    expect(served.sort()).toEqual(names().sort());
    await loadFashionMnist({ folder, source });
    expect(served).toHaveLength(4);
    expect(readdirSync(folder).sort()).toEqual(names().sort());
  });

  it("reads files that are there without the network, and fetches only missing ones", async () => {
    await loadFashionMnist({ folder, source });
    rmSync(join(folder, source.files.testLabels.name));
    served = [];
    await loadFashionMnist({ folder, source });
    expect(served).toEqual([source.files.testLabels.name]);
    await expect(loadFashionMnist({ folder, source, download: false })).resolves.toBeDefined();
  });

  it("names every missing file, its address and its place where it may not download", async () => {
    writeFileSync(join(folder, source.files.trainLabels.name), files.trainLabels);
    const failure = loadFashionMnist({ folder, source, download: false });
    const missing = names().filter((name) => name !== source.files.trainLabels.name);
    await expect(failure).rejects.toMatchObject({
      code: "missing-file",
      data: { folder, missing },
      message: expect.stringMatching(/Zalando Research, MIT licence.*put into that folder/s),
    });
    await expect(failure).rejects.toThrow(`${source.baseUrl}${missing[0]}`);
    expect(served).toEqual([]);
  });

  it("says so without a network, with the same way round it", async () => {
    const unreachable = sourceAt("http://127.0.0.1:9/");
    await expect(loadFashionMnist({ folder, source: unreachable })).rejects.toMatchObject({
      name: "DataFileError",
      code: "no-network",
      data: { folder, missing: names() },
      message: expect.stringMatching(/Could not download .*put into that folder.*t10k-labels/s),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["damaged", Buffer.from("damaged")],
    ["truncated", files.trainImages.subarray(0, -5)],
    ["empty", Buffer.alloc(0)],
  ])("names a file that is %s, with both checksums and the cure", async (_, bytes) => {
    await loadFashionMnist({ folder, source });
    const path = join(folder, source.files.trainImages.name);
    writeFileSync(path, bytes);
    await expect(loadFashionMnist({ folder, source })).rejects.toMatchObject({
      code: "corrupt-file",
      data: {
        path,
        expected: source.files.trainImages.md5,
        found: createHash("md5").update(bytes).digest("hex"),
      },
      message: expect.stringMatching(/Delete it and load again/),
    });
    expect(existsSync(path)).toBe(true);
  });

  it("refuses a server that sends another file, and keeps nothing of it", async () => {
    const wrong = { ...files, trainImages: pack([1], [1]) };
    const strict = sourceAt(source.baseUrl, wrong);
    await expect(loadFashionMnist({ folder, source: strict })).rejects.toMatchObject({
      code: "corrupt-file",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses images and labels that don't belong together", async () => {
    const wrong = { ...files, testLabels: pack([2], [3, 4]) };
    for (const [part, bytes] of Object.entries(wrong)) {
      const { name } = source.files[part as keyof typeof files];
      writeFileSync(join(folder, name), bytes);
    }
    const expected = sourceAt(source.baseUrl, wrong);
    await expect(loadFashionMnist({ folder, source: expected })).rejects.toMatchObject({
      code: "corrupt-file",
      message: expect.stringMatching(/test: expected n images and n labels/),
    });
  });

  it("asks Zalando Research's bucket for the four files with their published checksums", () => {
    expect(new URL(fashionMnistSource.baseUrl).host).toMatch(/^fashion-mnist\.s3.*amazonaws\.com$/);
    expect(Object.values(fashionMnistSource.files).map((file) => file.md5)).toEqual([
      "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
      "25c81989df183df01b3e8a0aad5dffbe",
      "bef4ecab320f06d8554ea6380940ec79",
      "bb300cfdad3c16e7a12a480ee83cd310",
    ]);
  });
});
