/** How much is done before others have their turn. */

/** How long the event loop waits for a call, about; ms. */
export const CALL = 15;

/** How many steps fit into a call. */
export interface Pace {
  steps(): number;
  took(steps: number, ms: number): void;
}

/** Returns what finds out how many steps fit into `call` ms. */
export function createPace(call: number): Pace {
  let perStep: number | undefined;
  let last = 1;
  return {
    steps() {
      // The first call also prepares the graph: its time tells nothing.
      const wanted = perStep === undefined ? 1 : Math.floor(call / perStep);
      last = Math.max(1, Math.min(wanted, last * 4));
      return last;
    },
    took(steps, ms) {
      perStep = perStep === undefined ? ms / steps / 10 : (perStep + ms / steps) / 2;
    },
  };
}

/** Lets timers, input and other callbacks run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
