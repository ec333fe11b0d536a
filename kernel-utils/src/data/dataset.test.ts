import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import reference from "../../fixtures/datasets.json";
import { loadBreastCancer } from "./breast-cancer";
import { type Dataset, datasetRows, loadDataset, pickFeatures } from "./dataset";
import { loadDigits } from "./digits";
import { loadWine } from "./wine";

const datasets: ["digits" | "breast-cancer" | "wine", () => Dataset][] = [
  ["digits", loadDigits],
  ["breast-cancer", loadBreastCancer],
  ["wine", loadWine],
];

const columnSums = (rows: number[][], weight: (row: number) => number): number[] =>
  (rows[0] ?? []).map((_, j) =>
    rows.reduce((sum, row, i) => sum + weight(i) * (row[j] as number), 0),
  );

describe.each(datasets)("%s", (name, load) => {
  const expected = reference[name];
  const dataset = load();

  it("holds scikit-learn's values in scikit-learn's order", () => {
    expect([dataset.features.length, dataset.features[0]?.length]).toEqual(expected.shape);
    expect(dataset.features[0]).toEqual(expected.firstRow);
    expect(dataset.features.at(-1)).toEqual(expected.lastRow);
    expect(dataset.labels).toEqual(expected.labels);
    const close = (found: number[], sums: number[]) =>
      found.forEach((sum, j) => {
        expect(sum / (sums[j] || 1)).toBeCloseTo(sums[j] ? 1 : 0, 12);
      });
    close(
      columnSums(dataset.features, () => 1),
      expected.sums,
    );
    close(
      columnSums(dataset.features, (row) => row + 1),
      expected.weightedSums,
    );
  });

  it("has scikit-learn's names, and a description that fits", () => {
    expect(dataset.featureNames).toEqual(expected.featureNames);
    expect(dataset.classNames).toEqual(expected.classNames);
    expect(dataset.description).toMatchObject({
      name,
      rows: expected.shape[0],
      licence: { name: "CC BY 4.0" },
      synthetic: false,
    });
    expect(dataset.description.attribution).toContain("CC BY 4.0");
    expect(dataset.description.citation).toContain(dataset.description.source.doi);
  });

  it("gives every caller arrays of its own", () => {
    const changed = load();
    (changed.features[0] as number[])[0] = Number.NaN;
    changed.labels[0] = -1;
    expect(load().features[0]).toEqual(expected.firstRow);
    expect(load().labels).toEqual(expected.labels);
  });
});

describe("loadDigits", () => {
  it("puts pixel (row, column) at 8 * row + column, whole numbers from 0 to 16", () => {
    const { features, featureNames, imageShape } = loadDigits();
    expect(imageShape).toEqual([8, 8]);
    expect(featureNames[8 * 2 + 5]).toBe("pixel_2_5");
    expect(features.flat().every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
    expect(Math.max(...features.map((row) => Math.max(...row)))).toBe(16);
  });
});

describe("pickFeatures", () => {
  it("returns the named columns in the order asked for", () => {
    const wine = loadWine();
    expect(pickFeatures(wine, ["proline", "alcohol"])[0]).toEqual([1065, 14.23]);
    expect(pickFeatures(wine, ["ash"])).toHaveLength(178);
  });

  it("refuses a name the data set lacks, listing those it has, and no names", () => {
    expect(() => pickFeatures(loadWine(), ["alcohol", "colour"])).toThrow(
      expect.objectContaining({
        code: "missing-column",
        message: expect.stringMatching(/no feature "colour".*color_intensity/),
      }),
    );
    expect(() => pickFeatures(loadWine(), [])).toThrow(
      expect.objectContaining({ code: "empty-input" }),
    );
  });
});

describe("datasetRows", () => {
  it("names every column, and the class by its name", () => {
    const rows = datasetRows(loadBreastCancer());
    expect(rows).toHaveLength(569);
    expect(rows[0]).toMatchObject({ "mean radius": 17.99, class: "malignant" });
    expect(Object.keys(rows.at(-1) ?? {})).toHaveLength(31);
    expect(rows.at(-1)?.class).toBe("benign");
  });
});

describe("loadDataset", () => {
  const folder = mkdtempSync(join(tmpdir(), "headroom-"));
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes a data folder whose checksums are right, so that only the contents can be wrong. */
  function write(csv: string): void {
    const description = {
      file: "tiny.csv",
      rows: 2,
      columns: [{ name: "a" }, { name: "b" }],
      classColumn: { name: "class" },
      classNames: ["x", "y"],
    };
    const files = { "uci/tiny.csv": csv, "uci/tiny.json": JSON.stringify(description) };
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, "uci"), { recursive: true });
    const sums = Object.entries(files).map(([path, text]) => {
      writeFileSync(join(folder, path), text);
      return `${createHash("sha256").update(text).digest("hex")}  ${path}\n`;
    });
    writeFileSync(join(folder, "SHA256SUMS"), sums.join(""));
    vi.stubEnv("HEADROOM_DATA", folder);
  }
  const load = () => loadDataset("tiny", ["x", "y"]);

  it("reads a well-formed file, with or without a last line end", () => {
    for (const csv of ["a,b,class\n1,2.5,y\n-3,0,x\n", "a,b,class\n1,2.5,y\n-3,0,x"]) {
      write(csv);
      expect(load()).toMatchObject({
        features: [
          [1, 2.5],
          [-3, 0],
        ],
        labels: [1, 0],
      });
    }
  });

  it.each([
    ["another header", "a,c,class\n1,2,x\n1,2,y\n", /line 1: expected the header a,b,class/],
    ["a missing row", "a,b,class\n1,2,x\n", /expected 2 rows, got 1/],
    ["a missing cell", "a,b,class\n1,2,x\n1,y\n", /line 3: expected 3 cells, got 2/],
    [
      "text for a number",
      "a,b,class\n1,two,x\n1,2,y\n",
      /line 2: expected a finite number, got "two"/,
    ],
    ["an empty cell", "a,b,class\n1,,x\n1,2,y\n", /line 2: expected a finite number, got ""/],
    ["an unknown class", "a,b,class\n1,2,x\n1,2,z\n", /line 3: expected a class of x, y, got "z"/],
  ])("names the place of %s", (_, csv, message) => {
    write(csv);
    expect(load).toThrow(
      expect.objectContaining({ code: "corrupt-file", message: expect.stringMatching(message) }),
    );
  });

  it("refuses classes other than the caller's type promises", () => {
    write("a,b,class\n1,2,x\n1,2,y\n");
    expect(() => loadDataset("tiny", ["x", "z"])).toThrow(
      expect.objectContaining({ code: "corrupt-file" }),
    );
  });
});

describe("data/README.md", () => {
  it("names each file's checksum as it is in the list and in the description", () => {
    const data = join(__dirname, "../../../data");
    const readme = readFileSync(join(data, "README.md"), "utf8");
    const sums = readFileSync(join(data, "SHA256SUMS"), "utf8");
    for (const [name, load] of datasets) {
      const { sha256 } = load().description;
      expect(sums).toContain(`${sha256}  uci/${name}.csv\n`);
      expect(readme).toContain(sha256);
    }
  });
});
