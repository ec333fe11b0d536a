import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Parameter } from "../search-space/parameter";
import type { Objective } from "../trials/objective";
import { displaySymbol } from "./displayable";
import { exampleObjectives, exampleParameters, exampleTrials } from "./testing/example-study";
import { fabricatedTrial } from "./testing/fabricated-trial";
import { trialRows } from "./trial-rows";
import { rowsToCsv, rowsToJson } from "./trial-rows-export";

const trials = exampleTrials();
const space = { parameters: exampleParameters };
const objectives: Objective[] = [{ name: "loss", direction: "min" }];

/** Reads CSV as RFC 4180 defines it, by its own words rather than by our writer's. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      const quoted = text[at] === '"';
      const field = (quoted ? /"((?:[^"]|"")*)"/y : /([^",\r\n]*)/y) as RegExp;
      field.lastIndex = at;
      const found = field.exec(text);
      if (found === null) throw new Error(`no field at ${at}`);
      record.push((found[1] as string).replaceAll('""', '"'));
      at = field.lastIndex;
      if (text[at] !== ",") break;
      at += 1;
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error(`no line end at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

describe("rows", () => {
  test("hold what is known of a trial, counted from 1 where people count", () => {
    const trial = fabricatedTrial(3, {
      values: { units: 64, learningRate: 0.01 },
      budget: {
        initialEpoch: 2,
        epochs: 6,
        bracket: 1,
        bracketNumber: 0,
        round: 1,
        promotedFrom: "0001",
      },
      metrics: { loss: [[0.5, 0.7], [0.2, 0.4], 0.9] },
      score: 0.3,
      bestStep: 1,
      startedAt: 1000,
      endedAt: 3500,
    });
    expect([
      ...trialRows<{ units: number; learningRate: 0.01 | 0.001 }>([trial], objectives),
    ]).toEqual([
      {
        trial: "0003",
        status: "COMPLETED",
        score: 0.3,
        bestStep: 1,
        values: { units: 64, learningRate: 0.01 },
        budget: { firstEpoch: 3, lastEpoch: 6, bracket: 1, round: 2, rounds: 2, continues: "0001" },
        seconds: 2.5,
        executionScores: [0.2, 0.4],
        history: [0.6, expect.closeTo(0.3), 0.9],
        startedAt: new Date(1000),
        endedAt: new Date(3500),
        message: undefined,
      },
    ]);
  });

  test("several objectives are scored by what ranks them", () => {
    const several: Objective[] = [...objectives, { name: "accuracy", direction: "max" }];
    const trial = fabricatedTrial(0, {
      metrics: { loss: [0.5], accuracy: [0.75], multi_objective: [-0.25] },
      score: -0.25,
      bestStep: 0,
    });
    expect(trialRows([trial], several)[0]).toMatchObject({
      executionScores: [-0.25],
      history: [-0.25],
    });
  });

  test("show as a table in a notebook, with budgets in words and names as text", () => {
    const formats = trialRows(trials, exampleObjectives)[displaySymbol]();
    const html = String(formats["text/html"]);
    expect(html).toContain("<th>val_accuracy</th><th>units</th>");
    expect(html).toContain("epochs 4-9 (bracket 1, round 3 of 3), goes on from trial 00");
    expect(html).toContain("&lt;gelu &amp; co&gt;");
    expect(html).not.toMatch(/tuner\/|undefined|<gelu/);
    expect(String(formats["text/plain"]).split("\n")).toHaveLength(trials.length + 1);
    expect(JSON.stringify(trialRows(trials, exampleObjectives))).not.toContain("text/html");
  });
});

describe("CSV", () => {
  const csv = (shown: typeof trials) => rowsToCsv(trialRows(shown, exampleObjectives), space);

  test("has the same columns for every search in a space", () => {
    const heading =
      "trial,status,values.units,values.learningRate,values.activation,values.dropout,values.rate," +
      "values.seed,score,best_step,execution_scores,first_epoch,last_epoch,bracket,round,continues," +
      "seconds,started_at,ended_at,message\r\n";
    expect(csv([])).toBe(heading);
    expect(csv(trials).startsWith(heading)).toBe(true);
    expect(parseCsv(csv(trials)).every((record) => record.length === 20)).toBe(true);
  });

  test("a failed trial's line, with the message quoted as it must be", () => {
    const line = csv(trials.slice(4, 5)).split("\r\n").slice(1).join("\r\n");
    const { values } = trials[4] as (typeof trials)[0];
    expect(parseCsv(line)[0]).toEqual([
      "0004",
      "FAILED",
      ...[values.units, values.learningRate, values.activation, values.dropout].map(String),
      String(values.rate ?? ""),
      "7",
      "",
      "",
      "",
      ...["1", "1", "1", "1", ""],
      expect.stringMatching(/^\d+(\.\d+)?$/),
      expect.stringMatching(/^2026-01-05T09:.*Z$/),
      expect.stringMatching(/^2026-01-05T09:.*Z$/),
      'RangeError: "loss" is NaN,\nlearning rate 0.1 is too high',
    ]);
    expect(line).toContain('"RangeError: ""loss"" is NaN,');
  });

  test("any text comes back as it was", () => {
    const parameters: Parameter[] = [
      { kind: "choice", name: "a,b", values: ["x"], ordered: false, default: "x", conditions: [] },
    ];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "a", "é") }), (text) => {
        const trial = fabricatedTrial(0, { values: { "a,b": text }, message: text });
        const written = rowsToCsv(trialRows([trial], objectives), { parameters });
        const [heading, record] = parseCsv(written);
        expect(heading?.[2]).toBe("values.a,b");
        expect([record?.[2], record?.at(-1)]).toEqual([text, text]);
      }),
    );
  });
});

test("JSON is what the rows hold; numbers that JSON lacks are texts, what is missing is null", () => {
  const odd = fabricatedTrial(1, { score: Number.NaN, startedAt: 0, endedAt: undefined });
  const rows = trialRows([...trials, odd], exampleObjectives);
  const read: Record<string, unknown>[] = JSON.parse(rowsToJson(rows));
  expect(read).toHaveLength(rows.length);
  expect(read[0]).toEqual({
    ...JSON.parse(JSON.stringify(rows[0])),
    message: null,
    budget: { ...rows[0]?.budget, continues: null },
  });
  expect(read.at(-1)).toMatchObject({
    score: "NaN",
    bestStep: null,
    seconds: null,
    startedAt: "1970-01-01T00:00:00.000Z",
    endedAt: null,
  });
});
