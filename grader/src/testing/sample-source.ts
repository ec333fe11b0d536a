/** A small assignment's text source, for tests of what reads it. */

const HEADER = `// ---
// jupyter:
//   kernelspec:
//     display_name: TypeScript (Headroom)
//     language: typescript
//     name: headroom
// ---
`;

/** Its cells, each under the name by which \`sampleSource\` replaces it. */
const CELLS = {
  title: `// %% [markdown]
// # Assignment 90: halves
//
// Halve.`,
  setup: `// %% given="setup"
import { call, check, equals, test } from "@headroom/checks";
const four = 4;`,
  exercise: `// %% exercise="half"
/** Half of a number. */
function half(x: number): number {
  // BEGIN SOLUTION
  const parts = 2;
  return x / parts;
  // END SOLUTION
}`,
  tests: `// %% tests="half" points=3
await check(
  "Half",
  test("of four", call(half, four), equals(2)),
  // BEGIN HIDDEN TESTS
  test("of a negative number", call(half, -8.125), equals(-4.0625), { points: 2 }),
  // END HIDDEN TESTS
);`,
  wrong: `// %% wrong="half" name="doubles" message="should be 2"
{
  function half(x: number): number {
    return x * 2;
  }
}`,
  reflection: `// %% [markdown] reflect="why" points=2
// ### Why?
//
// <!-- BEGIN MARK SCHEME -->
// - 2 points: because of its halves
// <!-- END MARK SCHEME -->`,
};

/** Returns the text source, with some cells replaced; an empty text leaves a cell out. */
export function sampleSource(cells: Partial<typeof CELLS> = {}): string {
  const texts = Object.values({ ...CELLS, ...cells }).filter((text) => text !== "");
  return `${[HEADER, ...texts].join("\n")}\n`;
}
