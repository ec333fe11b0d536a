import { describe, expect, test } from "vitest";
import { readDirectives } from "./directives";

describe("comment lines at the head of a cell set how it is checked", () => {
  test.each<[string, object]>([
    ["1", {}],
    ["", {}],
    ["// @check\n1", { check: "check" }],
    ["// @check on\n1", { check: "check" }],
    ["//@check warn", { check: "warn" }],
    ["\n  // @check   off  \r\n1", { check: "off" }],
    ["// @check warn notebook\n1", { checkNotebook: "warn" }],
    ["// @check notebook", { checkNotebook: "check" }],
    ["// @check off notebook\n// @check", { checkNotebook: "off", check: "check" }],
    ["// a note\n\n// @check warn\n1", { check: "warn" }],
    ["// @check warn\n// @check off", { check: "off" }],
    ["// @ts-nocheck\n1", { check: "off" }],
    ["#!/usr/bin/env node\n// @check off", { check: "off" }],
    ["1\n// @check off", {}],
    ["/* @check off */", {}],
    ["// @check maybe", {}],
    ["// @checks off", {}],
    ["'// @check off'", {}],
  ])("%j", (code, directives) => {
    expect(readDirectives(code)).toEqual(directives);
  });
});
