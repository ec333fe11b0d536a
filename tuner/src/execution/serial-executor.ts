import type { Executor, TrialProgram } from "./trial-program";

/** Returns an executor that runs one trial after the other in this process, in the order of the calls. */
export function serialExecutor(program: TrialProgram): Executor {
  let last: Promise<unknown> = Promise.resolve();
  return {
    width: 1,
    run(task, hooks) {
      const mine = last.then(async () => {
        hooks.signal.throwIfAborted();
        await program(task, hooks);
      });
      last = mine.catch(() => {});
      return mine;
    },
    async close() {},
  };
}
