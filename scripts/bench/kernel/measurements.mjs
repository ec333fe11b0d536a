// @ts-check
// What was measured, by kernel and by row, and the table that it makes.

/** @typedef {{ name: string, version: string }} Named */

/** Gathers numbers; a row's value is their median. */
export class Measurements {
  /** @type {Map<string, { unit: string, target: string, values: Map<string, (number | string)[]> }>} */
  #rows = new Map();

  /**
   * Begins a row; rows stand in the table in this order.
   * @param {string} row
   * @param {{ unit?: string, target?: string }} [options]
   */
  row(row, { unit = "ms", target = "" } = {}) {
    this.#rows.set(row, { unit, target, values: new Map() });
  }

  /**
   * @param {string} row
   * @param {Named} kernel
   * @param {number | string} value a number, or what happened instead of one
   */
  add(row, { name }, value) {
    const values = this.#rows.get(row)?.values;
    if (!values) throw new Error(`no row ${row}`);
    values.set(name, [...(values.get(name) ?? []), value]);
  }

  /**
   * The median of a row, or what happened instead in at least half of the attempts; undefined where
   * it was not tried.
   * @param {string} row
   * @param {string} name
   */
  median(row, name) {
    const all = this.#rows.get(row)?.values.get(name);
    if (!all) return undefined;
    const failures = all.filter((value) => typeof value === "string");
    if (2 * failures.length >= all.length) return failures[0];
    return median(all.filter((value) => typeof value === "number"));
  }

  /**
   * The table in Markdown: medians, and in brackets ours as a part of theirs.
   * @param {readonly Named[]} kernels ours first
   */
  table(kernels) {
    const [ours] = kernels;
    const head = ["", ...kernels.map(({ name, version }) => `${name} ${version}`), "target"];
    const lines = [...this.#rows].map(([row, { unit, target }]) => {
      const own = this.median(row, ours.name);
      const cells = kernels.map(({ name }) => {
        const value = this.median(row, name);
        if (typeof value !== "number") return value ?? "-";
        if (name === ours.name || typeof own !== "number") return shown(value);
        return `${shown(value)} (${(own / value).toFixed(2)})`;
      });
      return [`${row}, ${unit}`, ...cells, target];
    });
    const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
    return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  }

  /**
   * Rows in which ours took longer than its target.
   * @param {string} name
   */
  missed(name) {
    return [...this.#rows].flatMap(([row, { target }]) => {
      const limit = Number(/^≤ (\d+)$/.exec(target)?.[1] ?? Number.POSITIVE_INFINITY);
      const value = this.median(row, name);
      const missed = typeof value === "string" || (value !== undefined && value > limit);
      return missed ? [`${row}: ${typeof value === "number" ? shown(value) : value}`] : [];
    });
  }
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number} value */
function shown(value) {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value.toPrecision(2);
}
