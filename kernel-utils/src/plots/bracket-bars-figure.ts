import { InputError } from "../errors";
import type { Figure } from "../figure";
import { okabeIto } from "../palette";
import { requireCount } from "../ranges";
import { bars } from "./bars";
import type { Mark } from "./mark";
import { type Panel, panels } from "./panels";

/** One round of a bracket: so many settings are trained from one epoch to another. */
export interface BracketRound {
  /** Which bracket, counted from 1. */
  readonly bracket: number;
  /** How many settings take part. */
  readonly trials: number;
  /** Epochs that they have behind them. */
  readonly from: number;
  /** Epochs that they have behind them afterwards. */
  readonly to: number;
}

/** What stands around the bars. */
export interface BracketBarsOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
}

const MOST_BRACKETS = 5;
/** Rounds from the first on, in colours that differ in lightness too. */
const ROUND_COLORS = [okabeIto.skyBlue, okabeIto.blue, "#003F66"] as const;

/**
 * Returns the rounds of each bracket as bars, a panel for each bracket: as wide as the epochs that the round
 * adds, as high as it has settings, so that the area is the epochs spent.
 *
 * @param rounds those of 1 to 5 brackets, within a bracket in their order, none with fewer epochs than before
 * @throws InputError for no rounds, too many brackets, numbers that are not whole or too small
 * @example
 * import { bracketBarsFigure } from "@headroom/kernel-utils";
 * const rounds = [
 *   { bracket: 1, trials: 4, from: 0, to: 1 },
 *   { bracket: 1, trials: 2, from: 1, to: 3 },
 * ];
 * const figure = bracketBarsFigure(rounds, { title: "Two of four go on" });
 * figure.alt.includes("4 x 1 + 2 x 2 = 8 epochs"); // => true
 */
export function bracketBarsFigure(
  rounds: readonly BracketRound[],
  { title, subtitle }: BracketBarsOptions,
): Figure {
  for (const { bracket, trials, from, to } of rounds) {
    requireCount("bracket", bracket, 1);
    requireCount("trials", trials, 1);
    requireCount("from", from, 0);
    requireCount("to", to, from + 1);
  }
  const numbers = [...new Set(rounds.map(({ bracket }) => bracket))].sort((a, b) => a - b);
  if (numbers.length < 1 || numbers.length > MOST_BRACKETS) {
    throw new InputError(
      "out-of-range",
      `The rounds are those of ${numbers.length} brackets: expected 1 to ${MOST_BRACKETS}.`,
      { brackets: numbers.length },
    );
  }
  const end = Math.max(...rounds.map(({ to }) => to));
  const top = Math.max(...rounds.map(({ trials }) => trials));
  const brackets = numbers.map((number) => rounds.filter(({ bracket }) => bracket === number));
  const total = brackets.flat().reduce((sum, round) => sum + spent(round), 0);
  return panels(
    {
      title,
      subtitle: `${subtitle === undefined ? "" : `${subtitle}; `}area: epochs spent, ${total} in all`,
      alt:
        `Bars for the rounds of ${numbers.length} brackets, a panel each: epochs trained across, ` +
        `settings upwards, the area is the epochs spent. ` +
        `${brackets.map((one, i) => `Bracket ${numbers[i]}: ${sumText(one)}`).join("; ")}. ${title}.`,
      height: 340,
      barMode: "overlay",
    },
    brackets.map((one, i): Panel => {
      return {
        title: `Bracket ${numbers[i]}: ${one.reduce((sum, round) => sum + spent(round), 0)} epochs`,
        x: { title: "epochs trained", range: [0, end], ticks: ends(one) },
        y: {
          ...(i === 0 && { title: "settings" }),
          range: [0, top * 1.15],
          ticks: [...new Set(rounds.map(({ trials }) => trials))].sort((a, b) => a - b),
        },
        marks: [roundMarks(one)],
      };
    }),
  );
}

function roundMarks(rounds: readonly BracketRound[]): Mark {
  return bars({
    at: rounds.map(({ from, to }) => (from + to) / 2),
    values: rounds.map(({ trials }) => trials),
    width: rounds.map(({ from, to }) => to - from),
    color: rounds.map((_, i) => ROUND_COLORS[Math.min(i, ROUND_COLORS.length - 1)] as string),
    border: true,
    labels: rounds.map(productText),
    hover: rounds.map(
      (round, i) =>
        `round ${i + 1}: ${round.trials} settings\n` +
        `epochs ${round.from + 1} to ${round.to}: ${productText(round)} = ${spent(round)}`,
    ),
  });
}

function spent({ trials, from, to }: BracketRound): number {
  return trials * (to - from);
}

function productText({ trials, from, to }: BracketRound): string {
  return `${trials} x ${to - from}`;
}

function sumText(rounds: readonly BracketRound[]): string {
  const total = rounds.reduce((sum, round) => sum + spent(round), 0);
  return `${rounds.map(productText).join(" + ")} = ${total} epochs`;
}

/** The axis is labelled where rounds end. */
function ends(rounds: readonly BracketRound[]): number[] {
  return [0, ...rounds.map(({ to }) => to)];
}
