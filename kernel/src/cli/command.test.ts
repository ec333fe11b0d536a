import { describe, expect, it } from "vitest";
import { UsageError } from "./cli-error";
import { HELP, parseCommand } from "./command";

const PLAIN = {
  kind: "install",
  place: { kind: "user" },
  name: "headroom",
  displayName: undefined,
  check: undefined,
  require: [],
  env: {},
};

describe("parseCommand", () => {
  it("installs for the user, as headroom, if nothing else is said", () => {
    expect(parseCommand(["install"])).toEqual(PLAIN);
    expect(parseCommand(["install", "--user"])).toEqual(PLAIN);
  });

  it("takes every option of install", () => {
    const args = ["install", "--prefix", "/a", "--name", "Mine", "--display-name", "My TS"];
    const more = ["--check", "warn", "--require", "a.cjs", "--require=b.cjs", "--env", "A=b=c"];
    expect(parseCommand([...args, ...more, "--env", "EMPTY="])).toEqual({
      kind: "install",
      place: { kind: "prefix", prefix: "/a" },
      name: "mine",
      displayName: "My TS",
      check: "warn",
      require: ["a.cjs", "b.cjs"],
      env: { A: "b=c", EMPTY: "" },
    });
  });

  it("uninstalls and examines at a place", () => {
    expect(parseCommand(["uninstall", "--sys-prefix", "--name=x"])).toEqual({
      kind: "uninstall",
      place: { kind: "environment" },
      name: "x",
    });
    expect(parseCommand(["doctor"])).toEqual({ kind: "doctor", place: undefined });
    expect(parseCommand(["doctor", "--user"])).toEqual({ kind: "doctor", place: { kind: "user" } });
  });

  it("helps when asked, and when asked for nothing", () => {
    expect(parseCommand([])).toEqual({ kind: "help" });
    expect(parseCommand(["-h"])).toEqual({ kind: "help" });
    expect(parseCommand(["install", "--help"])).toEqual({ kind: "help" });
    expect(parseCommand(["--version"])).toEqual({ kind: "version" });
  });

  it.each([
    [["instal"], /one of install, uninstall, doctor, got "instal"/],
    [["install", "twice"], /got "install twice"/],
    [["install", "--chek", "off"], /Unknown option '--chek'/],
    [["install", "--user", "--prefix", "/a"], /one place, got --user, --prefix/],
    [["install", "--prefix="], /--prefix: expected a folder/],
    [["install", "--name", "a b"], /--name: expected letters.* got "a b"/],
    [["install", "--name", ".."], /--name/],
    [["install", "--name", "a/b"], /--name/],
    [["install", "--check", "maybe"], /check, warn or off, got "maybe"/],
    [["install", "--env", "KEY"], /KEY=VALUE, got "KEY"/],
    [["uninstall", "--check", "off"], /uninstall does not take --check/],
    [["doctor", "--name", "x"], /doctor does not take --name/],
  ])("refuses %j and says what was expected", (args, message) => {
    expect(() => parseCommand(args)).toThrow(message);
    expect(() => parseCommand(args)).toThrow(UsageError);
  });
});

describe("HELP", () => {
  it("names every option", () => {
    for (const name of ["user", "sys-prefix", "prefix", "name", "display-name", "check"]) {
      expect(HELP).toContain(`--${name}`);
    }
    for (const name of ["require", "env", "help", "version"]) expect(HELP).toContain(`--${name}`);
  });
});
