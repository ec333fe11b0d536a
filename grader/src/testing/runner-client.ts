import { createInterface } from "node:readline";
import type { Answer, Request } from "../protocol/messages";
import { type SandboxChild, type SandboxOptions, startSandbox } from "../sandbox/start-sandbox";

/** A request, which gets its number here. */
type Question = { readonly cell: string } | Omit<Extract<Request, { call: string }>, "id">;

/** Speaks with a runner, trusting it: for tests of the runner itself. */
export interface RunnerClient {
  readonly child: SandboxChild;
  /** Resolves to the next thing that it says. */
  ask(question: Question): Promise<Answer>;
  /** Answers its callback; resolves to the next thing that it says. */
  reply(reply: Extract<Request, { reply: unknown }>["reply"]): Promise<Answer>;
}

/** Starts a runner, calls `use`, and ends it; rejects with what it complained of if it ends before. */
export async function withRunner<T>(
  options: SandboxOptions,
  use: (client: RunnerClient) => Promise<T>,
): Promise<T> {
  const child = startSandbox(options);
  let noise = "";
  for (const stream of child.noise) {
    stream.on("data", (chunk: Buffer) => {
      noise += chunk.toString("utf8");
    });
  }
  const lines = createInterface({ input: child.answers })[Symbol.asyncIterator]();
  const hear = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the runner has ended: ${noise}`);
    return JSON.parse(value) as Answer;
  };
  let id = 0;
  const tell = (message: object) => {
    child.requests.write(`${JSON.stringify(message)}\n`);
    return hear();
  };
  try {
    const first = await hear();
    if (!("ready" in first)) throw new Error(`expected "ready", got ${JSON.stringify(first)}`);
    return await use({
      child,
      ask: (question) => tell({ id: ++id, ...question }),
      reply: (reply) => tell({ reply }),
    });
  } finally {
    child.kill();
    await child.exited;
  }
}
