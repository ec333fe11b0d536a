import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

/** Files that need a process that no other file has used. */
const ALONE = [
  // They tell what happens before any cell has run, or any tslab was loaded.
  "kernel/src/output/display.test.ts",
  "kernel-utils/src/kernel-display.test.ts",
  // It prints a promise, to which Node adds its marks once a cell has run (AsyncLocalStorage).
  "kernel/src/output/mime-bundle.test.ts",
];

/** Files that take too long for `npm run test:fast`. */
const LONG = [
  // nbconvert renders the book anew for each.
  "scripts/book/build-book.test.ts",
  "kernel/src/typecheck/thousand-cells.test.ts",
  // Processes that each load TensorFlow.
  "tuner/src/execution/worker-models.test.ts",
  "tuner/src/execution/worker-pool.test.ts",
  "tuner/src/execution/worker-process.test.ts",
  // 1,198 digits, nine settings.
  "kernel-utils/src/svc.test.ts",
  // Networks that are really trained.
  "tuner/src/tfjs/fit-trial.test.ts",
];

/** A process runs many files, so that it loads TensorFlow, TypeScript and Plotly once. */
const SHARED = { isolate: false, setupFiles: "scripts/test/leave-no-trace.ts" };

export default defineConfig({
  resolve: {
    alias: {
      "@headroom/checks/judge": new URL("./checks/src/judge.ts", import.meta.url).pathname,
      "@headroom/checks": new URL("./checks/src/index.ts", import.meta.url).pathname,
      "@headroom/grader": new URL("./grader/src/index.ts", import.meta.url).pathname,
      "@headroom/kernel/session": new URL("./kernel/src/session.ts", import.meta.url).pathname,
      "@headroom/kernel-utils": new URL("./kernel-utils/src/index.ts", import.meta.url).pathname,
      "@headroom/trainer": new URL("./trainer/src/index.ts", import.meta.url).pathname,
      "@headroom/tuner/node": new URL("./tuner/src/node.ts", import.meta.url).pathname,
      "@headroom/tuner": new URL("./tuner/src/index.ts", import.meta.url).pathname,
    },
  },
  test: {
    // All of them: left to itself, vitest keeps one back.
    maxWorkers: availableParallelism(),
    // Puts back what tfjs-node misses in new versions of Node, as the kernel does.
    execArgv: ["--require", new URL("./scripts/preload/tensorflow.cjs", import.meta.url).pathname],
    testTimeout: 20_000,
    projects: [
      // Vitest starts the projects in the order of their names.
      { extends: true, test: { name: "alone", include: ALONE } },
      {
        extends: true,
        test: {
          ...SHARED,
          name: "shared",
          include: [
            "checks/src/**/*.test.ts",
            "kernel/src/**/*.test.ts",
            "kernel-utils/src/**/*.test.ts",
            "tuner/src/**/*.test.ts",
            "scripts/**/*.test.ts",
            "tests/unit/**/*.test.ts",
          ],
          exclude: [...configDefaults.exclude, ...ALONE, ...LONG],
        },
      },
      { extends: true, test: { ...SHARED, name: "long", include: LONG } },
      // Most of it waits for stock TensorFlow.js, with which graphs are compared.
      {
        extends: true,
        test: { ...SHARED, name: "trainer", include: ["trainer/src/**/*.test.ts"] },
      },
      // Starts sandboxes with the compiled packages in them.
      {
        extends: true,
        test: { name: "grader", include: ["grader/src/**/*.test.ts"], testTimeout: 120_000 },
      },
    ],
  },
});
