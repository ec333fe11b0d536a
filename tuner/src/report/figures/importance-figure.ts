import type { Objective } from "../../trials/objective";
import type { Importance } from "../importance/importances";
import { colors } from "../palette";
import { axis, emptyFigure, type Figure, figure, plotText } from "./figure";

/** Returns how much each hyperparameter mattered, as bars, the most important on top. */
export function importanceFigure(
  importances: readonly Importance[],
  objectives: readonly Objective[],
): Figure {
  const [first] = importances;
  const what = objectives.map(({ name }) => name).join(" and ");
  if (first === undefined) {
    return emptyFigure("Importance", "no trial has completed with a score yet");
  }
  const upwards = [...importances].reverse();
  return figure({
    title: `${first.name} mattered most for ${what}`,
    data: [
      {
        type: "bar",
        orientation: "h",
        x: upwards.map(({ importance }) => importance),
        y: upwards.map(({ name }) => plotText(name)),
        text: upwards.map(({ importance }) => importance.toFixed(2)),
        textposition: "outside",
        cliponaxis: false,
        marker: { color: colors.trial },
        hovertemplate: "%{y} %{x:.4f}<extra></extra>",
      },
    ],
    layout: {
      xaxis: axis("Importance (share of the total)", { rangemode: "tozero" }),
      yaxis: axis("Hyperparameter", { type: "category" }),
      showlegend: false,
    },
    alt: `Bars of the importance for ${what}: ${importances
      .map(({ name, importance }) => `${name} ${importance.toFixed(2)}`)
      .join(", ")}.`,
    height: 140 + 34 * importances.length,
  });
}
