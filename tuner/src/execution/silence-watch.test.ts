import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SilenceWatch } from "./silence-watch";

const MINUTE = 60_000;
const said: number[] = [];
const listen = (watch: SilenceWatch) => watch.listen((silence) => said.push(silence / MINUTE));

beforeEach(() => {
  said.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("five minutes of silence are noticed, and then every time that they have doubled", () => {
  listen(new SilenceWatch());
  vi.advanceTimersByTime(5 * MINUTE - 1);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([5]);
  vi.advanceTimersByTime(35 * MINUTE);
  expect(said).toEqual([5, 10, 20, 40]);
});

test("a trial that tells something is not silent", () => {
  const trial = listen(new SilenceWatch());
  for (let minute = 0; minute < 60; minute++) {
    vi.advanceTimersByTime(MINUTE);
    trial.heard();
  }
  expect(said).toEqual([]);
  vi.advanceTimersByTime(5 * MINUTE);
  expect(said).toEqual([5]);
});

test("where trials are silent for long by nature, only three times as long a silence is noticed", () => {
  const watch = new SilenceWatch();
  const slow = listen(watch);
  vi.advanceTimersByTime(8 * MINUTE);
  expect(said).toEqual([5]);
  slow.heard();
  slow.end();
  const next = listen(watch);
  vi.advanceTimersByTime(24 * MINUTE - 1);
  expect(said).toEqual([5]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([5, 24]);
  next.end();
});

test("after its end a trial may be silent, and keeps no timer", () => {
  const trial = listen(new SilenceWatch());
  trial.heard();
  trial.end();
  expect(vi.getTimerCount()).toBe(0);
});
