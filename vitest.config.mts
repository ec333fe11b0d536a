import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      "@headroom/kernel-utils": new URL("./kernel-utils/src/index.ts", import.meta.url).pathname,
      "@headroom/tuner/node": new URL("./tuner/src/node.ts", import.meta.url).pathname,
      "@headroom/tuner": new URL("./tuner/src/index.ts", import.meta.url).pathname,
    },
  },
  test: {
    include: [
      "kernel/src/**/*.test.ts",
      "kernel-utils/src/**/*.test.ts",
      "tuner/src/**/*.test.ts",
      "scripts/**/*.test.ts",
      "tests/unit/**/*.test.ts",
    ],
    // Puts back what tfjs-node misses in new versions of Node, as the kernel does.
    execArgv: ["--require", new URL("./scripts/preload/tensorflow.cjs", import.meta.url).pathname],
    testTimeout: 20_000,
  },
});
