import { InputError } from "../errors";
import type { Figure } from "../figure";
import { applyChange } from "../plots/steps";

/**
 * Returns the figure as its slider or its buttons show it at a step, the active one by default.
 *
 * @throws InputError `out-of-range` for a step that the figure has not
 */
export function atStep(figure: Figure, step?: number): Figure {
  const slider = figure.layout.sliders?.[0];
  const buttons = figure.layout.updatemenus?.[0];
  const index = step ?? slider?.active ?? buttons?.active ?? 0;
  const chosen = (slider?.steps ?? buttons?.buttons)?.[index];
  if (chosen === undefined) {
    if (step === undefined) return figure;
    throw new InputError("out-of-range", `The figure has no step ${step}.`, { step });
  }
  const [{ visible }, change] = chosen.args;
  const layout = applyChange(figure.layout, change);
  return {
    ...figure,
    data: figure.data.map((trace, i) => ({ ...trace, visible: visible[i] ?? true })),
    layout: {
      ...layout,
      ...(slider && { sliders: [{ ...slider, active: index }] }),
      ...(buttons && { updatemenus: [{ ...buttons, active: index }] }),
    },
  };
}
