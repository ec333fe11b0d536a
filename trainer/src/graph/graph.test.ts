import { createRequire } from "node:module";
import "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import { binary, compare } from "../ops/arithmetic";
import { type NodeBackend, nodeBackend } from "../session/backend";
import { type Feeds, GraphSession } from "../session/graph-session";
import { DType } from "./dtype";
import { Graph, type Value } from "./graph";
import { loop } from "./loop";
import { ProtobufWriter } from "./protobuf";
import { type NodeDef, savedModel } from "./saved-model";

/** The messages that protoc has made of TensorFlow's own definitions. */
const messages = createRequire(import.meta.url)("@tensorflow/tfjs-node/dist/proto/api_pb") as {
  readonly SavedModel: { deserializeBinary(bytes: Uint8Array): { toObject(): SavedModelObject } };
};

interface SavedModelObject {
  readonly savedModelSchemaVersion: number;
  readonly metaGraphsList: readonly {
    readonly metaInfoDef: { readonly tagsList: readonly string[] };
    readonly graphDef: {
      readonly nodeList: readonly {
        readonly name: string;
        readonly op: string;
        readonly inputList: readonly string[];
        readonly attrMap: readonly (readonly [string, object])[];
      }[];
    };
  }[];
}

function run(graph: Graph, feeds: Feeds, fetches: readonly Value[]): number[] {
  const session = new GraphSession(nodeBackend() as NodeBackend, savedModel(graph.nodes));
  try {
    return session
      .numbers(
        feeds,
        fetches.map(({ key }) => key),
      )
      .map(([value]) => value as number);
  } finally {
    session.dispose();
  }
}

describe("the saved model", () => {
  const node = (attributes: NodeDef["attributes"]): NodeDef => ({
    name: "a",
    op: "Op",
    inputs: ["b:1", "^c"],
    attributes,
  });
  const read = (nodes: readonly NodeDef[]) => {
    const { metaGraphsList, ...rest } = messages.SavedModel.deserializeBinary(
      savedModel(nodes),
    ).toObject();
    return { ...rest, ...metaGraphsList[0] };
  };

  test("is read by TensorFlow's own messages", () => {
    const found = read([node({})]);
    expect(found.savedModelSchemaVersion).toBe(1);
    expect(found.metaInfoDef?.tagsList).toEqual(["train"]);
    expect(found.graphDef?.nodeList).toMatchObject([
      { name: "a", op: "Op", inputList: ["b:1", "^c"] },
    ]);
  });

  test.each([
    [{ type: DType.variant }, { type: 21 }],
    [{ types: [DType.float32, DType.int32] }, { list: { typeList: [1, 3] } }],
    [
      { shape: [null, 300] },
      { shape: { dimList: [{ size: -1 }, { size: 300 }], unknownRank: false } },
    ],
    [{ bool: true }, { b: true }],
    [{ int: -5 }, { i: -5 }],
    [{ int: 2 ** 40 + 1 }, { i: 2 ** 40 + 1 }],
    [{ ints: [1, 0, 200] }, { list: { iList: [1, 0, 200] } }],
    [{ float: 0.25 }, { f: 0.25 }],
  ] as const)("attribute %j", (attribute, expected) => {
    const [entry] = read([node({ x: attribute })]).graphDef?.nodeList[0]?.attrMap ?? [];
    expect(entry).toMatchObject(["x", expected]);
  });

  test("takes whole numbers only", () => {
    expect(() => new ProtobufWriter().int(1, 0.5)).toThrow(/whole numbers, not 0.5/);
  });
});

describe("a loop", () => {
  const less = (graph: Graph, a: Value, b: Value) => compare(graph, "Less", a, b);
  const plus = (graph: Graph, a: Value, b: Value) => binary(graph, "AddV2", a, b);

  test("turns as often as was fed, with values from outside", () => {
    const graph = new Graph();
    const end = graph.placeholder("end", DType.int32, []);
    const [, sum] = loop(graph, {
      name: "sum",
      initial: [graph.int(0), graph.int(100)],
      condition: ([index]) => less(graph, index as Value, end),
      body: ([index, total]) => [
        plus(graph, index as Value, graph.int(1)),
        plus(graph, total as Value, index as Value),
      ],
    });
    const feed = (value: number) => ({ end: { shape: [], data: Int32Array.of(value) } });
    expect(run(graph, feed(10), [sum as Value])).toEqual([145]);
    expect(run(graph, feed(0), [sum as Value])).toEqual([100]);
  });

  test("within another sees the outer one's values", () => {
    const graph = new Graph();
    const [, total] = loop(graph, {
      name: "outer",
      initial: [graph.int(0), graph.int(0)],
      condition: ([row]) => less(graph, row as Value, graph.int(4)),
      body: ([row, sum]) => {
        const [, inner] = loop(graph, {
          name: "inner",
          initial: [graph.int(0), sum as Value],
          condition: ([column]) => less(graph, column as Value, row as Value),
          body: ([column, before]) => [
            plus(graph, column as Value, graph.int(1)),
            plus(graph, before as Value, row as Value),
          ],
        });
        return [plus(graph, row as Value, graph.int(1)), inner as Value];
      },
    });
    // 1 once, 2 twice, 3 three times.
    expect(run(graph, {}, [total as Value])).toEqual([14]);
  });

  test("keeps what is inside from being used outside", () => {
    const graph = new Graph();
    let inside: Value | undefined;
    loop(graph, {
      name: "loop",
      initial: [graph.int(0)],
      condition: ([index]) => less(graph, index as Value, graph.int(1)),
      body: ([index]) => {
        inside = plus(graph, index as Value, graph.int(1));
        return [inside];
      },
    });
    expect(() => plus(graph, inside as Value, graph.int(1))).toThrow(/can't be used outside/);
  });

  test("has as many variables after a turn as before", () => {
    const graph = new Graph();
    const wrong = () =>
      loop(graph, {
        name: "wrong",
        initial: [graph.int(0)],
        condition: ([index]) => less(graph, index as Value, graph.int(1)),
        body: () => [],
      });
    expect(wrong).toThrow(/has 1 variables, its body returned 0/);
  });
});

test("equal constants are one node, 0 and -0 are two", () => {
  const graph = new Graph();
  expect(graph.float(1)).toBe(graph.float(1));
  expect(graph.float(0)).not.toBe(graph.float(-0));
  expect(graph.int(1)).not.toBe(graph.ints([1]));
});
