import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      "@headroom/kernel-utils": new URL("./kernel-utils/src/index.ts", import.meta.url).pathname,
    },
  },
  test: {
    include: ["kernel-utils/src/**/*.test.ts", "scripts/**/*.test.ts", "tests/unit/**/*.test.ts"],
    testTimeout: 20_000,
  },
});
