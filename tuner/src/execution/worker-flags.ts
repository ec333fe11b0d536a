/** The flags that take a value; of each other form there is a pattern below. */
const WITH_VALUE = new Set(["--require", "-r", "--import", "--conditions", "-C"]);
const ALONE =
  /^(--(require|import|conditions|max-old-space-size|max-semi-space-size|disable-warning)=|--(no-warnings|enable-source-maps)$)/;

/**
 * Returns those of a process's flags that its workers are started with: preloads and limits, not its
 * own program, and no inspector, whose port is taken.
 */
export function workerFlags(flags: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < flags.length; i++) {
    const flag = flags[i] as string;
    const value = flags[i + 1];
    if (ALONE.test(flag)) kept.push(flag);
    else if (WITH_VALUE.has(flag) && value !== undefined) {
      kept.push(flag, value);
      i++;
    }
  }
  // Functions that came as text are compiled in a way that Node still calls experimental.
  return [...kept, "--disable-warning=ExperimentalWarning"];
}
