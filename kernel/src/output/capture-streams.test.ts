import { execFileSync, execSync, fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { Readable, Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { captureStreams } from "./capture-streams";
import { FakePort, inCell } from "./testing/fake-port";

const port = new FakePort();
const inside: boolean[] = [];
captureStreams(port, { insideSyncChild: (is) => inside.push(is) });

beforeEach(() => {
  port.sent.length = 0;
  inside.length = 0;
});

describe("process.stdout and process.stderr", () => {
  test("are labelled with the cell that writes, also in its later callbacks", async () => {
    await inCell(7, async () => {
      process.stdout.write("now ");
      await new Promise((resolve) => setTimeout(resolve, 1));
      process.stderr.write("later");
    });
    process.stdout.write("nobody's");
    expect(port.of("stream")).toEqual([
      { type: "stream", id: 7, name: "stdout", text: "now " },
      { type: "stream", id: 7, name: "stderr", text: "later" },
      { type: "stream", id: 0, name: "stdout", text: "nobody's" },
    ]);
  });

  test.each([
    ["text", ["grüße"], "grüße"],
    ["UTF-8 bytes", [Buffer.from("grüße")], "grüße"],
    ["another encoding", ["aGk=", "base64"], "hi"],
    ["hexadecimal", ["6869", "hex"], "hi"],
    ["a DataView", [new DataView(Uint8Array.from([104, 105]).buffer)], "hi"],
    ["nothing", [""], ""],
  ])("accept %s", (_name, parameters, text) => {
    expect(process.stdout.write(...(parameters as [string]))).toBe(true);
    expect(port.text("stdout")).toBe(text);
  });

  test.each([null, undefined, 5, {}, []])("refuse %j, and say what to do", (chunk) => {
    expect(() => process.stdout.write(chunk as never)).toThrow(
      /expects a string, a Buffer.*String\(value\)/,
    );
  });

  test("call back after the write, with or without an encoding", async () => {
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      process.stdout.write("a", () => order.push("first"));
      process.stdout.write("b", "utf8", () => {
        order.push("second");
        resolve();
      });
      order.push("written");
    });
    expect(order).toEqual(["written", "first", "second"]);
  });

  test("are pipes of their own kind: no terminal, 80 columns, no colours", () => {
    expect(process.stdout).toBeInstanceOf(Writable);
    expect(process.stdout).toMatchObject({ fd: 1, isTTY: false, columns: 80, writable: true });
    expect(process.stderr.fd).toBe(2);
    expect(process.stdout.hasColors()).toBe(false);
    expect(process.stdout.getColorDepth()).toBe(1);
  });

  test("stay open after end, destroy and pipeline", async () => {
    await pipeline(Readable.from(["a", "b"]), process.stdout);
    Readable.from(["c"]).pipe(process.stdout);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise<void>((resolve) => process.stdout.end("d", () => resolve()));
    process.stdout.destroy();
    process.stdout.write("e");
    expect(port.text("stdout")).toBe("abcde");
  });

  test("tell those who wait for their end", async () => {
    const end = finished(process.stdout);
    process.stdout.end();
    await end;
  });

  test("accept many writes to be sent as one", () => {
    process.stdout.cork();
    process.stdout.write("a");
    process.stdout.write("b");
    process.stdout.uncork();
    expect(port.text("stdout")).toBe("ab");
  });

  test("are streams for the web, too", async () => {
    const writer = Writable.toWeb(process.stdout).getWriter();
    await writer.write("web");
    expect(port.text("stdout")).toBe("web");
  });

  test("wait for the server thread after 32 MB, and not before", () => {
    const before = port.drains;
    const megabyte = "x".repeat(1024 * 1024);
    for (let i = 0; i < 30; i++) process.stdout.write(megabyte);
    expect(port.drains).toBe(before);
    for (let i = 0; i < 3; i++) process.stdout.write(megabyte);
    expect(port.drains).toBe(before + 1);
    expect(port.of("drain")).toHaveLength(1);
  });
});

describe("file descriptors 1 and 2", () => {
  test("lead to the streams", () => {
    inCell(3, () => {
      expect(fs.writeSync(1, "añb")).toBe(4);
      expect(fs.writeSync(2, Buffer.from("xerrx"), 1, 3)).toBe(3);
      expect(fs.writeSync(1, Buffer.from("-cd-"), 1, 2, null)).toBe(2);
      expect(fs.writevSync(1, [Buffer.from("e"), Buffer.from("f")])).toBe(2);
      fs.writeFileSync(1, "g");
      fs.appendFileSync(2, "!");
    });
    expect(port.text("stdout", 3)).toBe("añbcdefg");
    expect(port.text("stderr", 3)).toBe("err!");
  });

  test("call back like files", async () => {
    const written = await promisify(fs.write)(1, "later");
    expect(written).toMatchObject({ bytesWritten: 5 });
    await new Promise<void>((resolve) => fs.writeFile(1, " whole", () => resolve()));
    const stream = fs.createWriteStream("", { fd: 1, autoClose: false });
    await new Promise<void>((resolve) => stream.write(" stream", () => resolve()));
    expect(port.text("stdout")).toBe("later whole stream");
  });

  test("leave other files alone", () => {
    const file = `${tmpdir()}/capture-streams-${process.pid}`;
    onTestFinished(() => fs.rmSync(file, { force: true }));
    fs.writeFileSync(file, "content");
    expect(fs.readFileSync(file, "utf8")).toBe("content");
  });
});

describe("child processes that inherit the streams", () => {
  const script = "process.stdout.write('öut'); process.stderr.write('err');";
  const node = process.execPath;

  test.each([
    ["inherit", "inherit" as const],
    ["an array", ["inherit", "inherit", "inherit"] as const],
    ["numbers", ["ignore", 1, 2] as const],
    ["streams", ["ignore", process.stdout, process.stderr] as const],
  ])("write under the cell that spawned them: %s", async (_name, stdio) => {
    const child = inCell(4, () => spawn(node, ["-e", script], { stdio: stdio as never }));
    expect([child.stdout, child.stderr]).toEqual([null, null]);
    const [code] = await once(child, "close");
    expect(code).toBe(0);
    expect(port.text("stdout", 4)).toBe("öut");
    expect(port.text("stderr", 4)).toBe("err");
  });

  test("are told apart from pipes of their own", async () => {
    const child = spawn(node, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    let piped = "";
    child.stdout.on("data", (chunk) => {
      piped += chunk;
    });
    await once(child, "close");
    expect(piped).toBe("öut");
    expect([port.text("stdout"), port.text("stderr")]).toEqual(["", "err"]);
  });

  test("find nothing to read, instead of waiting for it", async () => {
    const read = "process.stdin.on('data',()=>{}).on('end',()=>console.log('end'))";
    const child = spawn(node, ["-e", read], { stdio: "inherit" });
    await once(child, "close");
    expect(port.text("stdout")).toBe("end\n");
  });

  test("may be forks", async () => {
    const file = `${tmpdir()}/capture-streams-${process.pid}.cjs`;
    onTestFinished(() => fs.rmSync(file, { force: true }));
    fs.writeFileSync(file, `process.send('hi'); ${script}`);
    const child = inCell(5, () => fork(file, { execArgv: [] }));
    const [message] = await once(child, "message");
    await once(child, "close");
    expect(message).toBe("hi");
    expect(port.text("stdout", 5)).toBe("öut");
  });

  test("may be synchronous", () => {
    inCell(6, () => {
      const result = spawnSync(node, ["-e", script], { stdio: "inherit" });
      expect([result.status, result.stdout, result.output]).toEqual([0, null, [null, null, null]]);
      expect(execSync("echo shell", { stdio: "inherit" })).toBe(null);
      expect(execFileSync(node, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] })).toEqual(
        Buffer.from("öut"),
      );
    });
    expect(port.text("stdout", 6)).toBe("öutshell\n");
    expect(port.text("stderr", 6)).toBe("errerr");
    expect(inside).toEqual([true, false, true, false, true, false]);
  });

  test("fail as Node's do", () => {
    expect(() => execSync("echo no >&2; exit 3", { stdio: "inherit" })).toThrow(
      expect.objectContaining({ status: 3, message: "Command failed: echo no >&2; exit 3" }),
    );
    expect(port.text("stderr")).toBe("no\n");
    expect(() => execFileSync(`${node}-missing`, { stdio: "inherit" })).toThrow(/ENOENT/);
    expect(execSync("echo kept", { encoding: "utf8" })).toBe("kept\n");
  });
});

test("worker threads of the user write under the cell that started them", async () => {
  await inCell(8, async () => {
    const worker = new Worker("process.stdout.write('from a thread')", { eval: true });
    await once(worker, "exit");
  });
  await expect.poll(() => port.text("stdout", 8)).toBe("from a thread");
});
