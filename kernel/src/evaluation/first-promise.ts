import { promiseHooks } from "node:v8";

/**
 * Returns the first promise that comes into being while `work` runs; undefined for none. Where V8 has
 * an async function begin within `work`, it is the promise that the function returns.
 */
export function firstPromise(work: () => void): Promise<unknown> | undefined {
  let first: Promise<unknown> | undefined;
  const stop = promiseHooks.onInit((promise) => {
    first = promise;
    // At once: work that is terminated never comes to its end.
    stop();
  });
  try {
    work();
  } finally {
    stop();
  }
  return first;
}
