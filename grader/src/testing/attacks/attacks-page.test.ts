import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ALL_ATTACKS } from "./all-attacks";
import { attacksPage } from "./attacks-page";

const PAGE = fileURLToPath(new URL("../../../../docs/grading-attacks.md", import.meta.url));

test("docs/grading-attacks.md lists every attack as it is tried (`vitest -u` writes it anew)", async () => {
  await expect(attacksPage()).toMatchFileSnapshot(PAGE);
});

test("no two attacks have one name", () => {
  const names = ALL_ATTACKS.flatMap(({ attacks }) => attacks).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
