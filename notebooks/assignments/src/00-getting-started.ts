// ---
// jupyter:
//   jupytext:
//     notebook_metadata_filter: kernelspec,-jupytext.text_representation.jupytext_version
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: TypeScript (Headroom)
//     language: typescript
//     name: headroom
// ---

// %% [markdown]
// # Assignment 00: getting started
//
// You practise to
// - cut a row of numbers into a picture, without damage to what you were given;
// - average the images of one digit, and only those;
// - find the nearest average, ties included.
//
// **Time:** 40 minutes. **Points:** 18: three exercises of 5, and a reflection of 3.
// **Lesson:** [00 Getting started](../../../00-getting-started.ipynb); look there first when you are stuck.
//
// Run the cells from above with Shift-Enter. Replace the line `throw new Error(...)` in each exercise by
// your own. The cell below it checks your function and says what went in, what should come out and what
// came. "Visible tests pass" means that you can go on; hidden tests look at edge cases when the notebook
// is graded. Read the comment above each function: it says what happens there.

// %% given="setup"
import {
  call,
  check,
  closeTo,
  equals,
  mistake,
  property,
  test,
  throws,
} from "@headroom/checks";

// %% [markdown]
// ## 1. A row of numbers becomes a picture (5 points)
//
// An image arrives as one row of numbers, the uppermost line of pixels first. Cut it into lines of
// `width` pixels each. Pixel number $i$ of the row, counted from 0, comes to line
// $\lfloor i / \text{width} \rfloor$ ($i$ divided by the width, rounded down), and there to the place that
// remains, $i \bmod \text{width}$.
//
// **Example.** With a width of 2, the row `[5, 0, 0, 7, 1, 1]` becomes `[[5, 0], [0, 7], [1, 1]]`.
//
// `pixels` belongs to who calls you. `slice` copies a part of an array; which methods of an array change it?

// %% exercise="to-grid"
/**
 * Lines of `width` pixels each, the uppermost first.
 *
 * @param pixels the image as one row; as long as `width` times the number of lines. It stays as it is.
 *   No pixels: no lines, `[]`.
 * @param width pixels in a line, 1 or more
 */
function toGrid(pixels: number[], width: number): number[][] {
  // BEGIN SOLUTION
  const lines = pixels.length / width;
  return Array.from({ length: lines }, (_, line) =>
    pixels.slice(line * width, (line + 1) * width),
  );
  // END SOLUTION
}

// %% tests="to-grid" points=5
await check(
  "toGrid",
  test(
    "two lines of three",
    call(toGrid, [1, 2, 3, 4, 5, 6], 3),
    equals([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    {
      mistakes: [
        mistake(
          equals([
            [1, 4],
            [2, 5],
            [3, 6],
          ]),
          "the picture is transposed: what should be a line is a column",
        ),
        mistake(
          equals([
            [4, 5, 6],
            [4, 5, 6],
          ]),
          "all lines are one and the same array, and show what was written into it last",
        ),
        mistake(
          equals([
            [2, 3, 4],
            [5, 6],
          ]),
          "the first line begins one pixel late: the row is counted from 0",
        ),
        mistake(
          equals([[1, 2, 3, 4, 5, 6]]),
          "the lines are 8 pixels long, as in the lesson: the width is an argument here",
        ),
      ],
    },
  ),
  test(
    "a square of four pixels",
    call(toGrid, [1, 2, 3, 4], 2),
    equals([
      [1, 2],
      [3, 4],
    ]),
    {
      hint: "Pixels that stand side by side in the row stand side by side in a line.",
      mistakes: [
        mistake(
          equals([
            [1, 3],
            [2, 4],
          ]),
          "the picture is transposed: what should be a line is a column",
        ),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "the row that was given stays as it was",
    call(toGrid, [9, 8, 7, 6, 5, 4], 2),
    equals([
      [9, 8],
      [7, 6],
      [5, 4],
    ]),
    {
      keepsArguments: true,
      hint: "Does splice or shift take pixels out of the caller's array?",
    },
  ),
  test("no pixels, no lines", call(toGrid, [], 8), equals([])),
  test(
    "every pixel comes to its place, in pictures of any size",
    property(async ({ call, random }) => {
      for (const width of [1, 2, 5, 8]) {
        const height = 1 + Math.floor(random() * 6);
        const pixels = Array.from({ length: width * height }, () =>
          Math.floor(random() * 17),
        );
        const grid = await call(toGrid, pixels, width);
        if (grid.length !== height) {
          return `${pixels.length} pixels and a width of ${width} make ${height} lines, but ${grid.length} came`;
        }
        for (const [i, pixel] of pixels.entries()) {
          const [line, place] = [Math.floor(i / width), i % width];
          if (grid[line]?.length !== width) {
            return `line ${line} should have ${width} pixels, but has ${grid[line]?.length}`;
          }
          if (grid[line][place] !== pixel) {
            return `with a width of ${width} pixel ${i} should come to line ${line}, place ${place}`;
          }
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="to-grid" name="transposed" message="the picture is transposed"
{
  function toGrid(pixels: number[], width: number): number[][] {
    const grid: number[][] = Array.from({ length: width }, () => []);
    for (const [i, pixel] of pixels.entries()) grid[i % width].push(pixel);
    return grid;
  }
}
// %% wrong="to-grid" name="begins one late" message="begins one pixel late"
{
  function toGrid(pixels: number[], width: number): number[][] {
    const grid: number[][] = [];
    for (let start = 1; start <= pixels.length; start += width) {
      grid.push(pixels.slice(start, start + width));
    }
    return grid;
  }
}
// %% wrong="to-grid" name="one array for all lines" message="one and the same array"
{
  function toGrid(pixels: number[], width: number): number[][] {
    const grid: number[][] = new Array(pixels.length / width).fill(
      new Array(width).fill(0),
    );
    for (const [i, pixel] of pixels.entries()) {
      grid[Math.floor(i / width)][i % width] = pixel;
    }
    return grid;
  }
}
// %% wrong="to-grid" name="takes the caller's pixels away" message="out of the caller's array?"
{
  function toGrid(pixels: number[], width: number): number[][] {
    const grid: number[][] = [];
    while (pixels.length > 0) grid.push(pixels.splice(0, width));
    return grid;
  }
}
// %% wrong="to-grid" name="width fixed at 8" message="the width is an argument"
{
  function toGrid(pixels: number[]): number[][] {
    const grid: number[][] = [];
    for (let i = 0; i < pixels.length; i += 8) grid.push(pixels.slice(i, i + 8));
    return grid;
  }
}

// %% [markdown]
// ## 2. The average of one digit (5 points)
//
// The average of all images of a digit $d$ is an image again. Its pixel $p$ is the sum of the pixels $p$
// of those images, divided by how many they are, $n_d$:
//
// $$\bar{x}_{d,p} = \frac{1}{n_d} \sum_{i:\, y_i = d} x_{i,p}$$
//
// $x_i$ is an image, $y_i$ its label; the sum runs over the images whose label is $d$.
//
// **Example.** Of three images of two pixels, `[0, 8]`, `[4, 8]` and `[16, 0]`, the first two show a 3.
// The average 3 is `[2, 8]`.

// %% exercise="mean-image"
/**
 * The average of the images of one digit, pixel by pixel, not rounded; in the images' unit, 0 to 16.
 *
 * @param images rows of equally many pixels, in any order; they stay as they are
 * @param labels the digit that each image shows, one for each
 * @param digit which images to average
 * @throws an Error that names the digit, if no image shows it: 0/0 is no image
 */
function meanImage(images: number[][], labels: number[], digit: number): number[] {
  // BEGIN SOLUTION
  const own = images.filter((_, i) => labels[i] === digit);
  if (own.length === 0) throw new Error(`no image shows a ${digit}`);
  return own[0].map((_, pixel) => {
    const sum = own.reduce((total, image) => total + image[pixel], 0);
    return sum / own.length;
  });
  // END SOLUTION
}

// %% tests="mean-image" points=5
await check(
  "meanImage",
  test(
    "two ones and a zero",
    call(
      meanImage,
      [
        [2, 4],
        [16, 16],
        [4, 8],
      ],
      [1, 0, 1],
      1,
    ),
    closeTo([3, 6]),
    {
      hint: "n_d counts the images of the digit that was asked for.",
      mistakes: [
        mistake(
          closeTo([2, 4]),
          "you divided by all images, also those of other digits",
        ),
        mistake(closeTo([22 / 3, 28 / 3]), "you averaged the images of all digits"),
        mistake(closeTo([6, 12]), "this is the sum; it is not divided yet"),
        mistake(
          closeTo([3 / 255, 6 / 255]),
          "you divided by 255 as well; these pixels go from 0 to 16, and stay in their unit",
        ),
      ],
    },
  ),
  test(
    "halves stay halves",
    call(
      meanImage,
      [
        [1, 16],
        [2, 15],
      ],
      [7, 7],
      7,
    ),
    closeTo([1.5, 15.5]),
    {
      mistakes: [
        mistake(
          closeTo([1, 15]),
          "the pixels are rounded down: the mean of 1 and 2 is 1.5",
        ),
        mistake(closeTo([2, 16]), "the pixels are rounded: the mean of 1 and 2 is 1.5"),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test(
    "the images stay as they were",
    call(
      meanImage,
      [
        [0, 3],
        [1, 1],
        [6, 9],
        [3, 3],
      ],
      [4, 5, 4, 4],
      4,
    ),
    closeTo([3, 5]),
    {
      keepsArguments: true,
      hint: "Do you add up in one of the given images?",
    },
  ),
  test(
    "no image shows the digit",
    call(
      meanImage,
      [
        [1, 2],
        [3, 4],
      ],
      [0, 1],
      7,
    ),
    throws(/7/),
    { hint: "0/0 is NaN and would spread from pixel to pixel without a word." },
  ),
  test(
    "means of any number of images, one included",
    property(async ({ call, random }) => {
      for (const count of [1, 2, 7, 30]) {
        const images = Array.from({ length: count }, () =>
          Array.from({ length: 4 }, () => Math.floor(random() * 17)),
        );
        const labels = images.map((_, i) => (i === 0 ? 2 : Math.floor(random() * 3)));
        const sums = [0, 0, 0, 0];
        let n = 0;
        for (let i = 0; i < count; i++) {
          if (labels[i] !== 2) continue;
          n += 1;
          for (let pixel = 0; pixel < 4; pixel++) sums[pixel] += images[i][pixel];
        }
        const got = await call(meanImage, images, labels, 2);
        const right =
          got.length === 4 && sums.every((sum, k) => Math.abs(sum - n * got[k]) < 1e-6);
        if (!right) {
          const show = (values: number[]) => values.map((v) => Number(v).toFixed(2));
          const want = show(sums.map((sum) => sum / n)).join(", ");
          return `of ${count} images ${n} show a 2; their average is [${want}], but [${show(got).join(", ")}] came`;
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="mean-image" name="divides by all images" message="divided by all images"
{
  function meanImage(images: number[][], labels: number[], digit: number): number[] {
    const own = images.filter((_, i) => labels[i] === digit);
    if (own.length === 0) throw new Error(`no image shows a ${digit}`);
    const sum = images[0].map(() => 0);
    for (const image of own) for (const p of sum.keys()) sum[p] += image[p];
    return sum.map((total) => total / images.length);
  }
}
// %% wrong="mean-image" name="divides by 255" message="divided by 255 as well"
{
  function meanImage(images: number[][], labels: number[], digit: number): number[] {
    const own = images.filter((_, i) => labels[i] === digit);
    if (own.length === 0) throw new Error(`no image shows a ${digit}`);
    const sum = images[0].map(() => 0);
    for (const image of own) for (const p of sum.keys()) sum[p] += image[p] / 255;
    return sum.map((total) => total / own.length);
  }
}
// %% wrong="mean-image" name="integer division" message="rounded down"
{
  function meanImage(images: number[][], labels: number[], digit: number): number[] {
    const own = images.filter((_, i) => labels[i] === digit);
    if (own.length === 0) throw new Error(`no image shows a ${digit}`);
    const sum = images[0].map(() => 0);
    for (const image of own) for (const p of sum.keys()) sum[p] += image[p];
    return sum.map((total) => Math.trunc(total / own.length));
  }
}
// %% wrong="mean-image" name="adds up in the first image" message="add up in one of the given images?"
{
  function meanImage(images: number[][], labels: number[], digit: number): number[] {
    const own = images.filter((_, i) => labels[i] === digit);
    if (own.length === 0) throw new Error(`no image shows a ${digit}`);
    const [sum, ...others] = own;
    for (const image of others) for (const p of sum.keys()) sum[p] += image[p];
    return sum.map((total) => total / own.length);
  }
}
// %% wrong="mean-image" name="NaN for a digit that nobody wrote" message="0/0 is NaN"
{
  function meanImage(images: number[][], labels: number[], digit: number): number[] {
    const own = images.filter((_, i) => labels[i] === digit);
    const sum = images[0].map(() => 0);
    for (const image of own) for (const p of sum.keys()) sum[p] += image[p];
    return sum.map((total) => total / own.length);
  }
}

// %% [markdown]
// ## 3. The nearest average (5 points)
//
// Give an image the number of the average that is least far from it. How far is the distance of the
// lesson: differences pixel by pixel, squared, added up, and the root of that,
//
// $$\text{distance}(x, \bar{x}_d) = \sqrt{\textstyle\sum_p (x_p - \bar{x}_{d,p})^2}$$
//
// **Example.** From `[0, 0]` it is 5 to `[3, 4]` and 2 to `[0, 2]`. Among the averages `[[3, 4], [0, 2]]`
// the nearest is number 1, since counting begins at 0.

// %% exercise="nearest"
/**
 * The position of the nearest average, counted from 0; of equally near ones the first.
 *
 * @param image pixels, finite numbers
 * @param averages one image or more, each of as many pixels
 */
function nearest(image: number[], averages: number[][]): number {
  // BEGIN SOLUTION
  const distances = averages.map((average) =>
    Math.hypot(...average.map((value, pixel) => image[pixel] - value)),
  );
  return distances.indexOf(Math.min(...distances));
  // END SOLUTION
}

// %% tests="nearest" points=5
await check(
  "nearest",
  test(
    "three averages",
    call(
      nearest,
      [0, 0],
      [
        [3, 4],
        [1, 1],
        [6, 0],
      ],
    ),
    equals(1),
    {
      hint: "The distances are 5, 1.41 and 6.",
      mistakes: [mistake(equals(2), "this is the average that is farthest away")],
    },
  ),
  test(
    "brighter here, darker there",
    call(
      nearest,
      [5, 5],
      [
        [0, 10],
        [4, 4],
        [20, 20],
      ],
    ),
    equals(1),
    {
      mistakes: [
        mistake(
          equals(0),
          "differences of unlike sign cancel out: +5 and -5 are not 0 apart",
        ),
        mistake(equals(2), "this is the average that is farthest away"),
      ],
    },
  ),
  // BEGIN HIDDEN TESTS
  test("two averages equally near", call(nearest, [2], [[9], [1], [3]]), equals(1), {
    keepsArguments: true,
    mistakes: [
      mistake(equals(2), "averages 1 and 2 are equally near, and you took the last"),
    ],
  }),
  test(
    "one large difference weighs more than two of middling size",
    call(
      nearest,
      [0, 0],
      [
        [0, 5],
        [3, 3],
        [9, 0],
      ],
    ),
    equals(1),
    {
      hint: "The distances are 5, 4.24 and 9: differences count squared.",
      mistakes: [
        mistake(equals(0), "you added up the differences without squaring them"),
      ],
    },
  ),
  test(
    "among any number of averages, one included",
    property(async ({ call, random }) => {
      const draw = () => Array.from({ length: 3 }, () => 16 * random());
      for (const count of [1, 2, 5, 10, 10, 10]) {
        const image = draw();
        const averages = Array.from({ length: count }, draw);
        let [best, least] = [0, Number.POSITIVE_INFINITY];
        for (const [k, average] of averages.entries()) {
          const squared = average.reduce((sum, v, p) => sum + (v - image[p]) ** 2, 0);
          if (squared < least) [best, least] = [k, squared];
        }
        const got = await call(nearest, image, averages);
        if (got !== best) {
          return `of ${count} averages number ${best} is nearest, but ${got} came`;
        }
      }
      return true;
    }),
  ),
  // END HIDDEN TESTS
);

// %% wrong="nearest" name="largest distance" message="farthest away"
{
  function nearest(image: number[], averages: number[][]): number {
    const distances = averages.map((average) =>
      Math.hypot(...average.map((value, p) => value - image[p])),
    );
    return distances.indexOf(Math.max(...distances));
  }
}
// %% wrong="nearest" name="differences summed with their sign" message="cancel out"
{
  function nearest(image: number[], averages: number[][]): number {
    const distances = averages.map((average) =>
      Math.abs(average.reduce((sum, value, p) => sum + value - image[p], 0)),
    );
    return distances.indexOf(Math.min(...distances));
  }
}
// %% wrong="nearest" name="ties to the last" message="you took the last"
{
  function nearest(image: number[], averages: number[][]): number {
    const distances = averages.map((average) =>
      Math.hypot(...average.map((value, p) => value - image[p])),
    );
    return distances.lastIndexOf(Math.min(...distances));
  }
}
// %% wrong="nearest" name="differences not squared" message="without squaring them"
{
  function nearest(image: number[], averages: number[][]): number {
    const distances = averages.map((average) =>
      average.reduce((sum, value, p) => sum + Math.abs(value - image[p]), 0),
    );
    return distances.indexOf(Math.min(...distances));
  }
}

// %% [markdown] reflect="which-reader" points=3
// ### Reflection: which reader goes into the scanner? (3 points, marked by hand)
//
// Your averages and the lesson's network read digits that they have not seen. With test images drawn at
// random they are right on 91 and 97 % of 540 images; with blocks of neighbours held out, which share
// fewer writers with the training images, on 88 and 93 % of about 360. All are means of five runs. The
// network's lead is 6 ± 2 and 5 ± 2 points.
//
// The scanner will read forms of people who never wrote for you. In about 100 words: which of the two do
// you install, which accuracy do you promise, and what are the averages good for in either case? Give the
// numbers that decide.
// <!-- BEGIN MARK SCHEME -->
// 1 point: promises the figure from the blocks (93 %, or 88 % for the averages) and says why: new writers.
// Promising 97 or 91 % earns none of this point.
//
// 1 point: decides for one of them with a number: the network, since its lead of 5 points is clear of 0
// (3 to 7); or the averages, with a reason that the 5 points are not worth it here (no training, 640
// numbers instead of 2,410 weights, easily explained).
//
// 1 point: the averages are the baseline: the network is worth its trouble only as far as it beats them.
//
// Also right, worth making up for a lost half: blocks stand in for writers, the file does not name them; the
// five runs share images, so the intervals are a little narrow.
// <!-- END MARK SCHEME -->
