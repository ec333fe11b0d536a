// Loaded before a kernel: refuses to run where nbgrader would execute a submission itself. Ours never does, so this is
// the net below a configuration that was not loaded.
if (process.env.NBGRADER_EXECUTION === "autograde" && process.env.HEADROOM_TRUST !== "1") {
  process.stderr.write(
    "[headroom] refused: nbgrader would run a student's code unprotected. The course's nbgrader_config.py is missing or " +
      "broken: run the command in the course's folder, or use `npm run assignments -- grade`. " +
      "HEADROOM_TRUST=1 runs it nevertheless.\n",
  );
  process.exit(1);
}
