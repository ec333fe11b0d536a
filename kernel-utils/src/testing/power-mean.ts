/** The model of make_grid_search.py: the class whose mean is nearest by sum |a - b|^power. */
export interface PowerMean {
  readonly power: number;
  readonly features: number;
}

/** Returns a function that classifies rows. */
export function fitPowerMean(
  x: readonly (readonly number[])[],
  y: readonly number[],
  { power, features }: PowerMean,
): (row: readonly number[]) => number {
  const classes = [...new Set(y)].sort((a, b) => a - b);
  const means = classes.map((label) => {
    const own = x.filter((_, i) => y[i] === label);
    return Array.from({ length: features }, (_, c) => {
      return own.reduce((sum, row) => sum + (row[c] as number), 0) / own.length;
    });
  });
  return (row) => {
    const gaps = means.map((mean) =>
      mean.reduce((sum, value, c) => sum + Math.abs((row[c] as number) - value) ** power, 0),
    );
    return classes[gaps.indexOf(Math.min(...gaps))] as number;
  };
}

/** Share of samples that are classified rightly. */
export function shareRight(
  model: (row: readonly number[]) => number,
  x: readonly (readonly number[])[],
  y: readonly number[],
): number {
  return x.filter((row, i) => model(row) === y[i]).length / x.length;
}
