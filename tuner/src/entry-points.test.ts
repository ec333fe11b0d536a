import { describe, expect, it } from "vitest";
import manifest from "../package.json";

describe("package.json", () => {
  // TypeScript's older module resolution, tslab's among others, does not read `exports`.
  it("names the same entry and types for tools that do not know exports", () => {
    const { main, types, exports } = manifest;
    expect(`./${main}`).toBe(exports["."].default);
    expect(`./${types}`).toBe(exports["."].types);
  });
});
