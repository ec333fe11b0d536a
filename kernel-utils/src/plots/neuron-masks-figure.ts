import { requireDropoutRate } from "../dropout";
import { InputError } from "../errors";
import type { Figure } from "../figure";
import { greys, okabeIto } from "../palette";
import { requireCount } from "../ranges";
import { dots } from "./dots";
import { line } from "./line";
import { inPanel, type Mark } from "./mark";
import { horizontalLine, note } from "./notes";
import { panels } from "./panels";
import { withSlider } from "./steps";

/** What stands around the neurons. */
export interface NeuronMasksOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** Share that is dropped on average, 0 or more and below 1. */
  readonly rate: number;
  /** Neurons in a row of the grid; default 10. */
  readonly perRow?: number;
  /** Batches in the static picture, counted from 1; the first one unless given. */
  readonly pictureBatches?: readonly number[];
}

/**
 * Returns a layer's neurons as a grid, kept ones as full discs and dropped ones as crosses, with a
 * slider over batches; beside it how many were kept in each batch, against the mean to be expected.
 *
 * @param masks one per batch, 2 to 40 of them, equally long; true = kept, as `dropoutMask` gives them
 * @throws InputError `out-of-range` for other numbers of masks and other rates, `length-mismatch` for
 *   masks of different lengths, `empty-input` for no neurons
 */
export function neuronMasksFigure(
  masks: readonly (readonly boolean[])[],
  options: NeuronMasksOptions,
): Figure {
  const { title, subtitle, rate, perRow = 10, pictureBatches = [1] } = options;
  requireDropoutRate(rate);
  requireCount("perRow", perRow, 1);
  const neurons = requireMasks(masks);
  const rows = Math.ceil(neurons / perRow);
  const batches = masks.map((_, i) => i + 1);
  const kept = masks.map((mask) => mask.filter(Boolean).length);
  const mean = neurons * (1 - rate);
  const base = panels(
    {
      title,
      subtitle: `${subtitle ?? ""}\ndisc: kept, cross: dropped`.trim(),
      alt: altText(kept, neurons, options),
      height: 350,
      columns: [1.1, 1],
    },
    [
      {
        title: `${neurons} neurons in one batch`,
        x: { labels: false, grid: false, range: [-0.7, perRow - 0.3] },
        y: { labels: false, grid: false, range: [rows - 0.3, -0.7] },
        marks: [],
      },
      {
        title: "kept, batch by batch",
        x: { title: "batch", range: [0.3, masks.length + 0.7], grid: false },
        y: {
          title: `neurons kept; dashed: mean ${Number(mean.toFixed(1))}`,
          range: [0, 1.05 * neurons],
        },
        marks: [
          horizontalLine(mean),
          line({ x: batches, y: kept, color: greys.context, dash: "solid", width: 1 }),
        ],
      },
    ],
  );
  return withSlider(base, {
    label: "batch",
    steps: masks.map((mask, i) => ({
      label: String(i + 1),
      marks: [
        ...gridMarks(mask, perRow),
        inPanel(
          2,
          dots({
            x: [i + 1],
            y: [kept[i] as number],
            color: okabeIto.blue,
            size: 11,
            hover: [`batch ${i + 1}: ${kept[i]} of ${neurons} kept`],
          }),
          note({
            x: i + 1,
            y: Math.max(0.06 * neurons, Math.min(...kept) - 0.1 * neurons),
            text: `${kept[i]} kept`,
            anchor: noteSide(i, masks.length),
          }),
        ),
      ],
    })),
    pictureSteps: pictureBatches.map((batch) => batch - 1),
  });
}

/** Keeps a note at a batch within the panel. */
function noteSide(batch: number, batches: number): "left" | "center" | "right" {
  const place = batch / (batches - 1);
  if (place < 0.15) return "left";
  return place > 0.85 ? "right" : "center";
}

function gridMarks(mask: readonly boolean[], perRow: number): Mark[] {
  return [true, false].flatMap((isKept) => {
    const places = mask.flatMap((kept, i) => (kept === isKept ? [i] : []));
    if (places.length === 0) return [];
    return dots({
      x: places.map((i) => i % perRow),
      y: places.map((i) => Math.floor(i / perRow)),
      color: isKept ? okabeIto.blue : greys.context,
      symbol: isKept ? "circle" : "x",
      size: isKept ? 13 : 8,
      hover: places.map((i) => `neuron ${i + 1}: ${isKept ? "kept" : "dropped"}`),
    });
  });
}

/** Returns how many neurons there are. */
function requireMasks(masks: readonly (readonly boolean[])[]): number {
  const neurons = masks[0]?.length ?? 0;
  const other = masks.findIndex((mask) => mask.length !== neurons);
  if (other >= 0) {
    throw new InputError(
      "length-mismatch",
      `masks[${other}] has ${masks[other]?.length} neurons, masks[0] has ${neurons}: expected ` +
        "masks of one layer.",
      { mask: other },
    );
  }
  if (masks.length === 0 || neurons > 0) return neurons;
  throw new InputError("empty-input", "The masks have no neurons: expected at least one.");
}

function altText(
  kept: readonly number[],
  neurons: number,
  { title, rate, pictureBatches = [1] }: NeuronMasksOptions,
): string {
  const shown = pictureBatches.map((batch) => `${kept[batch - 1]} in batch ${batch}`);
  return (
    `On the left a grid of ${neurons} neurons, discs where kept and crosses where dropped, for one ` +
    `batch at a time; on the right a line with the number kept in each of ${kept.length} batches, ` +
    `from ${Math.min(...kept)} to ${Math.max(...kept)}, around a mean of ` +
    `${Number((neurons * (1 - rate)).toFixed(1))} expected at rate ${rate}. ` +
    `Kept: ${shown.join(", ")}. ${title}.`
  );
}
