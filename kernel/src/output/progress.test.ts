import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect } from "./connection";
import { ProgressBar, progress } from "./progress";
import { FakePort, inCell } from "./testing/fake-port";

const port = new FakePort();
connect(port);

beforeEach(() => {
  port.sent.length = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

const texts = () => port.of("display").map(({ bundle }) => String(bundle.data["text/plain"]));

describe("progress", () => {
  test("gives the same values, in one display that is updated", () => {
    const values: string[] = [];
    inCell(5, () => {
      for (const value of progress(["a", "b", "c"], { label: "Files" })) {
        values.push(value);
        vi.advanceTimersByTime(1000);
      }
    });
    expect(values).toEqual(["a", "b", "c"]);
    const displays = port.of("display");
    expect(new Set(displays.map(({ displayId }) => displayId)).size).toBe(1);
    expect(displays.map(({ update }) => update)).toEqual([false, true, true, true, true]);
    expect(displays.every(({ id }) => id === 5)).toBe(true);
    expect(texts()[0]).toBe("Files:   0% |░░░░░░░░░░░░░░░░░░░░| 0/3 [0:00]");
    expect(texts()[1]).toBe("Files:  33% |███████░░░░░░░░░░░░░| 1/3 [0:01, 0:02 left, 1.0 it/s]");
    expect(texts().at(-1)).toBe("Files: 100% |████████████████████| 3/3 [0:03, 1.0 it/s]");
  });

  test("counts when it is given a number", () => {
    expect([...progress(3)]).toEqual([0, 1, 2]);
    expect([...progress(0)]).toEqual([]);
    expect(texts().at(-1)).toContain("100%");
  });

  test("knows the size of sets and maps, but not of generators", () => {
    for (const _ of progress(new Set([1, 2])));
    expect(texts().at(-1)).toContain("2/2");
    function* two() {
      yield 1;
      yield 2;
    }
    for (const _ of progress(two()));
    expect(texts().at(-1)).toBe("2 it [0:00]");
    for (const _ of progress(two(), { total: 2 }));
    expect(texts().at(-1)).toContain("2/2");
  });

  test("changes at most ten times a second, whatever the number of steps", () => {
    for (const i of progress(100_000)) if (i % 100 === 0) vi.advanceTimersByTime(1);
    expect(texts().length).toBeGreaterThan(8);
    expect(texts().length).toBeLessThan(14);
    expect(texts().at(-1)).toContain("100000/100000");
  });

  test("stops where the loop is left, also by an error", () => {
    for (const value of progress([1, 2, 3, 4])) if (value === 3) break;
    expect(texts().at(-1)).toMatch(/ 50% .* 2\/4 \[0:00, stopped/);
    expect(() => {
      for (const _ of progress([1, 2])) throw new Error("no");
    }).toThrow("no");
    expect(texts().at(-1)).toContain("0/2 [0:00, stopped]");
  });

  test("takes asynchronous iterables", async () => {
    async function* rows() {
      yield "x";
      yield "y";
    }
    const taken: string[] = [];
    for await (const row of progress(rows(), { total: 2, unit: "row" })) taken.push(row);
    expect(taken).toEqual(["x", "y"]);
    expect(texts().at(-1)).toContain("2/2");
  });

  test("refuses a total that is none", () => {
    expect(() => [...progress(Number.NaN)]).toThrow(/total of a progress bar is NaN: expected/);
    expect(() => new ProgressBar({ total: -1 })).toThrow(RangeError);
  });
});

describe("ProgressBar", () => {
  test("shows the last of a burst of changes a little later", () => {
    const bar = new ProgressBar({ total: 10 });
    bar.advance();
    bar.advance(2);
    expect(texts()).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(texts()).toHaveLength(2);
    expect(texts().at(-1)).toContain("3/10");
    vi.advanceTimersByTime(1000);
    expect(texts()).toHaveLength(2);
  });

  test("leaves no timer and draws nothing more once it has ended", () => {
    const bar = new ProgressBar({ total: 2 });
    bar.advance();
    bar.finish();
    const drawn = texts().length;
    bar.advance();
    bar.stop();
    bar.label = "more";
    vi.advanceTimersByTime(1000);
    expect(texts()).toHaveLength(drawn);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is disposed with its block: finished if all is done, else stopped", () => {
    {
      using bar = new ProgressBar({ total: 1 });
      bar.advance();
    }
    expect(texts().at(-1)).not.toContain("stopped");
    {
      using bar = new ProgressBar({ total: 2 });
      bar.set(1);
    }
    expect(texts().at(-1)).toContain("stopped");
  });

  test("escapes its label, and names the element for screen readers", () => {
    new ProgressBar({ label: '<b>"x"', total: 4 }).set(1);
    vi.advanceTimersByTime(100);
    const html = String(port.of("display").at(-1)?.bundle.data["text/html"]);
    expect(html).toContain("&lt;b&gt;&quot;x&quot;");
    expect(html).not.toContain("<b>");
    expect(html).toContain('<progress max="1" value="0.25" aria-label="');
  });

  test.each([
    [59, "0:59"],
    [60, "1:00"],
    [3725, "1:02:05"],
  ])("writes %i seconds as %s", (seconds, text) => {
    const bar = new ProgressBar();
    vi.advanceTimersByTime(seconds * 1000);
    bar.finish();
    expect(texts().at(-1)).toContain(`[${text}]`);
  });
});
