import { describe, expect, test } from "vitest";
import { displaySymbol } from "../displayable";
import { importances } from "../importance/importances";
import { exampleObjectives, exampleParameters, exampleTrials } from "../testing/example-study";
import { fabricatedTrial } from "../testing/fabricated-trial";
import { plotlyObjections } from "../testing/plotly-objections";
import { bracketsFigure } from "./brackets-figure";
import { type Figure, figure } from "./figure";
import { historyFigure } from "./history-figure";
import { importanceFigure } from "./importance-figure";
import { learningCurvesFigure } from "./learning-curves-figure";
import { parallelCoordinatesFigure } from "./parallel-coordinates-figure";
import { sliceFigure } from "./slice-figure";
import { timelineFigure } from "./timeline-figure";

const space = { parameters: exampleParameters };
const objectives = exampleObjectives;
const trials = exampleTrials();
type Make = (shown: typeof trials) => Figure;
const makers: [string, Make][] = [
  ["optimisation history", (shown) => historyFigure(shown, objectives)],
  ["slice", (shown) => sliceFigure(shown, space, objectives)],
  ["parallel coordinates", (shown) => parallelCoordinatesFigure(shown, space, objectives)],
  ["importance", (shown) => importanceFigure(importances(shown, space, objectives), objectives)],
  ["intermediate values", (shown) => learningCurvesFigure(shown, objectives)],
  ["brackets", (shown) => bracketsFigure(shown, objectives)],
  ["timeline", (shown) => timelineFigure(shown, objectives)],
];
const some: [string, typeof trials][] = [
  ["a whole search", trials],
  ["one trial", trials.slice(0, 1)],
  ["nothing", []],
  ["failures only", [fabricatedTrial(0, { status: "FAILED" })]],
  ["no budgets", trials.map((trial) => ({ ...trial, budget: undefined }))],
  [
    "not a number",
    [fabricatedTrial(0, { score: Number.NaN, metrics: { val_accuracy: [Number.NaN] } })],
  ],
];

test("Plotly objects to what it doesn't know", () => {
  const wrong = figure({
    title: "",
    data: [{ type: "scatter", x: [1], y: [1], colour: "red" }],
    layout: { xaxis: { tilte: "" } },
    alt: "",
  });
  expect(plotlyObjections(wrong)).toEqual([
    expect.stringContaining("colour"),
    expect.stringContaining("tilte"),
  ]);
});

describe.each(makers)("the figure of the %s", (_name, make) => {
  test.each(some)("is one that Plotly takes word by word: %s", (_what, shown) => {
    expect(plotlyObjections(make(shown))).toEqual([]);
  });

  test("has a title, named axes, and a text that stands for it", () => {
    const { layout, alt } = make(trials);
    expect(JSON.stringify(layout.title)).toMatch(/"text":"[^"]{10,}"/);
    expect(Object.keys(layout)).toContain("xaxis");
    expect(alt).toMatch(/^(Scatter plots?|Parallel coordinates|Bars|Lines) of /);
  });

  test("is shown by a notebook's kernel, and is plain JSON otherwise", () => {
    const made = make(trials);
    const { data, layout, alt } = made;
    expect(made[displaySymbol]()).toEqual({
      "application/vnd.plotly.v1+json": {
        data,
        layout,
        config: { responsive: true, displaylogo: false },
      },
      "text/plain": alt,
    });
    expect(JSON.parse(JSON.stringify(made))).toEqual({
      data: JSON.parse(JSON.stringify(data)),
      layout: JSON.parse(JSON.stringify(layout)),
      alt,
    });
  });

  test("names and values can't become markup", () => {
    expect(JSON.stringify(make(trials).data)).not.toContain("<gelu");
  });
});

const traceOf = ({ data }: Figure, name: string) => data.find((trace) => trace.name === name);

test("the best so far never gets worse, and reaches to the last trial", () => {
  const { y, x } = traceOf(historyFigure(trials, objectives), "best so far") as never as Record<
    string,
    number[]
  >;
  expect(y).toEqual([...(y ?? [])].sort((a, b) => a - b));
  expect(x?.at(-1)).toBe(trials.length - 1);
  const scores = trials.flatMap(({ score, status }) =>
    status === "COMPLETED" ? [score ?? 0] : [],
  );
  expect(y?.at(-1)).toBe(Math.max(...scores));
});

test("where less is better, the best so far falls", () => {
  const losses = [3, 1, 2].map((score, number) => fabricatedTrial(number, { score }));
  const found = traceOf(historyFigure(losses, [{ name: "loss", direction: "min" }]), "best so far");
  expect(found).toMatchObject({ x: [0, 1, 2], y: [3, 1, 1] });
});

test("a slice leaves out fixed values, and trials in which the parameter was not active", () => {
  const { data, layout } = sliceFigure(trials, space, objectives);
  expect(data).toHaveLength(5);
  expect(layout.xaxis2).toMatchObject({ type: "log" });
  const withRate = trials.filter(
    ({ values, status }) => status === "COMPLETED" && values.rate !== undefined,
  );
  expect((data[4] as { x?: number[] }).x).toEqual(withRate.map(({ values }) => values.rate));
});

test("a learning curve begins after the epochs that its model has trained before", () => {
  const promoted = trials.find(({ budget }) => budget?.initialEpoch === 3);
  const { data } = learningCurvesFigure([promoted as never], objectives);
  expect((data[0] as { x?: number[] }).x).toEqual([4, 5, 6, 7, 8, 9]);
});

test("promotions lead from a trial's score to that of the trial that went on", () => {
  const { data, layout } = bracketsFigure(trials, objectives);
  const lines = data[0] as { x?: (number | null)[]; y?: (number | null)[] };
  const promoted = trials.filter(
    ({ budget }) => budget?.bracketNumber === 0 && budget.promotedFrom,
  );
  expect(lines.x?.filter((x) => x === null)).toHaveLength(promoted.length);
  for (const trial of promoted) expect(lines.y).toContain(trial.score);
  expect(layout.xaxis).toMatchObject({
    ticktext: ["round 1<br>epoch 1", "round 2<br>epochs 2-3", "round 3<br>epochs 4-9"],
  });
});

test("a timeline counts from the first start, in fitting units, and runs until now", () => {
  const running = fabricatedTrial(1, { status: "RUNNING", startedAt: 60_000, endedAt: undefined });
  const first = fabricatedTrial(0, { startedAt: 0, endedAt: 45_000 });
  const { data, layout } = timelineFigure([first, running], objectives, 90_000);
  expect(data).toMatchObject([
    { name: "completed", base: [0], x: [45] },
    { name: "running", base: [60], x: [30] },
  ]);
  expect(JSON.stringify(layout.xaxis)).toContain("(seconds)");
});
