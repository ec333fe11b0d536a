import fc from "fast-check";
import type { Parameter, Values } from "../../search-space/parameter";
import type { Budget } from "../../trials/trial";
import type { StudyEvent } from "../study-event";

/** Parameters of every kind, as one study may have them. */
export const parametersOfAllKinds: readonly Parameter[] = [
  range("int", "units", 32, 512, { step: 32, default: 64 }),
  range("int", "filters", 1, 1024, { sampling: "log" }),
  range("int", "width", 2, 128, { sampling: "log", step: 2 }),
  range("int", "depth", 1, 100, { sampling: "reverse_log" }),
  range("int", "uneven", 0, 10, { step: 4 }),
  range("float", "dropout", 0, 0.5, { step: 0.1 }),
  range("float", "momentum", 0.1, 0.99),
  range("float", "learningRate", 1e-5, 0.1, { sampling: "log", default: 0.001 }),
  range("float", "decay", 1e-3, 1, { sampling: "log", step: 10 }),
  range("float", "late", 0.5, 8, { sampling: "reverse_log" }),
  {
    kind: "choice",
    name: "kind",
    conditions: [],
    values: ["dense", "größer \u2028\n\"'"],
    ordered: false,
    default: "dense",
  },
  {
    kind: "choice",
    name: "batch",
    conditions: [],
    values: [16, 32.5, 1e-7],
    ordered: true,
    default: 16,
  },
  { kind: "boolean", name: "bias", conditions: [], default: true },
  { kind: "fixed", name: "optimizer", conditions: [], value: "adam" },
  inside("dense", ["relu", "tanh"]),
  inside("größer \u2028\n\"'", ["selu"]),
];

/** Values that are one active set of `parametersOfAllKinds`. */
export const valuesOfAllKinds: Values = {
  units: 96,
  filters: 7,
  width: 16,
  depth: 99,
  uneven: 8,
  dropout: 0.30000000000000004,
  momentum: 0.5,
  learningRate: 0.00123,
  decay: 0.01,
  late: 7.5,
  kind: "größer \u2028\n\"'",
  batch: 32.5,
  bias: false,
  optimizer: "adam",
  activation: "selu",
};

type Step =
  | { readonly do: "start" | "enqueue" | "import" | "space" | "draws" }
  | {
      readonly do: "again" | "define" | "report" | "attributes" | "end";
      readonly which: number;
    };

/**
 * Returns sequences of events as a study may have them: every type, several trials at a time, retries, numbers
 * that are none. `at` never falls.
 */
export function eventSequences(): fc.Arbitrary<readonly StudyEvent[]> {
  const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0));
  const scalar = fc.oneof(fc.double({ noNaN: true }), fc.string({ unit: "binary" }), fc.boolean());
  const values = fc.oneof(
    fc.constant(valuesOfAllKinds),
    record(fc.constantFrom("units", "kind", "new", "batch"), scalar),
  );
  const attributes = record(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }));
  const which = fc.nat(9);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ do: "start" } as const) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("enqueue", "import", "draws") }) },
    { weight: 1, arbitrary: fc.constant({ do: "space" } as const) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("report"), which }) },
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constantFrom("again", "define", "attributes", "end"), which }),
    },
  );
  const facts = fc.record({
    step,
    values,
    attributes,
    metrics: record(fc.constantFrom("loss", "accuracy", "x/y"), number),
    number,
    text: fc.string({ unit: "binary" }),
    count: fc.nat(5),
    flag: fc.boolean(),
  });
  type Facts = typeof facts extends fc.Arbitrary<infer Value> ? Value : never;
  return fc
    .record({ several: fc.boolean(), facts: fc.array(facts, { maxLength: 25 }) })
    .map(({ several, facts: all }) => sequence(several, all));

  function sequence(several: boolean, all: readonly Facts[]): readonly StudyEvent[] {
    const events: StudyEvent[] = [studyEvent("a study", several)];
    const waiting = new Set<number>();
    const running = new Set<number>();
    const unknown = [...parametersOfAllKinds];
    let trials = 0;
    for (const [index, fact] of all.entries()) {
      const at = 1_700_000_000_000 + 1_234 * index;
      const pick = (from: Set<number>): number | undefined =>
        "which" in fact.step ? [...from][fact.step.which % from.size] : undefined;
      const start = (trial: number): void => {
        running.add(trial);
        waiting.delete(trial);
        const budget = fact.flag ? {} : { budget: someBudget(fact.count) };
        const seedState = fact.count;
        const { values: given, text: worker } = fact;
        events.push({ type: "start", trial, worker, values: given, ...budget, seedState, at });
      };
      const trial = fact.step.do === "again" ? pick(waiting) : pick(running);
      switch (fact.step.do) {
        case "start":
          start(trials++);
          break;
        case "enqueue":
          waiting.add(trials);
          events.push({ type: "enqueue", trial: trials++, values: fact.values, at });
          break;
        case "import":
          events.push({
            type: "import",
            trial: trials++,
            values: fact.values,
            status: fact.flag ? "COMPLETED" : "PRUNED",
            score: fact.count > 2 ? undefined : fact.number,
            origin: fact.text,
            at,
          });
          break;
        case "draws":
          events.push({ type: "draws", seedState: fact.count });
          break;
        case "space":
          events.push({ type: "space", parameters: unknown.splice(0, fact.count) });
          break;
        case "again":
          if (trial !== undefined) start(trial);
          break;
        case "define":
          if (trial !== undefined) events.push({ type: "define", trial, values: fact.values });
          break;
        case "report":
          if (trial !== undefined) {
            events.push({ type: "report", trial, step: fact.count, metrics: fact.metrics });
          }
          break;
        case "attributes":
          if (trial !== undefined) {
            events.push({ type: "attributes", trial, attributes: fact.attributes });
          }
          break;
        case "end": {
          if (trial === undefined) break;
          const all = ["COMPLETED", "PRUNED", "FAILED", "INVALID", "WAITING", "COMPLETED"] as const;
          const status = all[fact.count] ?? "FAILED";
          running.delete(trial);
          if (status === "INVALID" || status === "WAITING") waiting.add(trial);
          const result = fact.flag ? { score: fact.number, bestStep: fact.count } : {};
          const message = status === "FAILED" ? { message: fact.text } : {};
          events.push({ type: "end", trial, status, ...result, ...message, at });
          break;
        }
      }
    }
    return events;
  }
}

/** Returns the first event of a study, with one objective or two. */
export function studyEvent(name: string, several = false): StudyEvent {
  const loss = { name: "loss", direction: "min" } as const;
  const accuracy = { name: "accuracy", direction: "max" } as const;
  return {
    type: "study",
    name,
    objectives: several ? [loss, accuracy] : [accuracy],
    oracle: { name: "random", options: { maxTrials: 10, list: [1, null, "x"] }, seed: 42 },
  };
}

function someBudget(round: number): Budget {
  const place = { initialEpoch: round, epochs: 3 * round, bracket: 2, bracketNumber: 1, round };
  return round > 2 ? { ...place, promotedFrom: "0007" } : place;
}

function record<Value>(
  key: fc.Arbitrary<string>,
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<Record<string, Value>> {
  return fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });
}

function range(
  kind: "int" | "float",
  name: string,
  min: number,
  max: number,
  rest: { step?: number; sampling?: "log" | "reverse_log"; default?: number } = {},
): Parameter {
  const { step, sampling = "linear" } = rest;
  return { kind, name, conditions: [], min, max, step, sampling, default: rest.default ?? min };
}

function inside(kind: string, values: readonly string[]): Parameter {
  const conditions = [{ parent: "kind", values: [kind] }];
  const [first = ""] = values;
  return { kind: "choice", name: "activation", conditions, values, ordered: false, default: first };
}
