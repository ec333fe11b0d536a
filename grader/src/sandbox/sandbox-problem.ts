/** Tries whether student code can be kept in here. */
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { SandboxError } from "./sandbox-error";
import { startFailure } from "./start-failure";
import { type SandboxChild, startSandbox } from "./start-sandbox";

const READY_SECONDS = 30;
const LAST_WORDS_MS = 200;
const MOST_NOISE = 10_000;

/**
 * Resolves to why there is no sandbox on this machine, in words and with the cure; undefined where there
 * is one. Starts one: that takes about a third of a second.
 */
export async function sandboxProblem(): Promise<string | undefined> {
  try {
    await tryOnce();
    return undefined;
  } catch (error) {
    if (error instanceof SandboxError) return error.message;
    throw error;
  }
}

async function tryOnce(): Promise<void> {
  const child = startSandbox();
  let noise = "";
  for (const stream of child.noise) {
    stream.on("data", (chunk: Buffer) => {
      if (noise.length < MOST_NOISE) noise += chunk.toString("utf8");
    });
  }
  const isReady = await firstLine(child);
  child.kill();
  const { problem } = await child.exited;
  if (!isReady) throw startFailure(problem ?? noise);
}

/** Resolves to whether the runner says that it is ready, in time. */
async function firstLine({ answers, exited }: SandboxChild): Promise<boolean> {
  const lines = createInterface({ input: answers });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      new Promise<boolean>((resolve) => {
        lines.once("line", (line) => resolve(line === '{"ready":true}'));
      }),
      // What it complained of may come a moment after its end.
      exited.then(() => setTimeout(LAST_WORDS_MS, false)),
      new Promise<boolean>((resolve) => {
        timer = globalThis.setTimeout(() => resolve(false), READY_SECONDS * 1000);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    lines.close();
  }
}
