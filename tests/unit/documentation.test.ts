import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Example, examplesInMarkdown, examplesInSource } from "../examples/find-examples";
import { countPromises, instrument } from "../examples/instrument";
import { projectFiles } from "../examples/project-files";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CACHE = path.join(ROOT, ".cache", "examples");
const CHECKS = "../../tests/examples/checks";

const markdown = projectFiles(ROOT, ".", ".md");
const sources = ["checks/src", "kernel-utils/src", "trainer/src", "tuner/src"].flatMap((folder) =>
  projectFiles(ROOT, folder, ".ts"),
);
const inComments = sources.flatMap((file) => examplesInSource(file, read(file)));
const inMarkdown = markdown.flatMap((file) => examplesInMarkdown(file, read(file)));
const modules = writeModules([...inComments, ...inMarkdown]);

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** Writes each example as a module that checks its promises; gives the modules' paths. */
function writeModules(examples: readonly Example[]): Map<Example, string> {
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  const options = { noUnusedLocals: false, allowImportingTsExtensions: true };
  const configuration = {
    extends: "../../tsconfig.json",
    compilerOptions: options,
    include: ["*.ts"],
  };
  writeFileSync(path.join(CACHE, "tsconfig.json"), JSON.stringify(configuration));
  return new Map(
    examples.map((example) => {
      const name = `${example.file.replaceAll(/[/.]/g, "-")}-${example.line}.ts`;
      const module = path.join(CACHE, name);
      writeFileSync(module, instrument(example, CHECKS));
      return [example, module];
    }),
  );
}

describe("examples", () => {
  const before = { folder: process.cwd(), ci: process.env.CI };
  beforeAll(() => {
    // What examples write belongs to nobody's folder, and searches need not tell how they get on.
    const folder = path.join(CACHE, "written");
    mkdirSync(folder);
    process.chdir(folder);
    process.env.CI = "true";
  });
  afterAll(() => {
    process.chdir(before.folder);
    if (before.ci === undefined) delete process.env.CI;
    else process.env.CI = before.ci;
  });

  it("have the right types", () => {
    const compiler = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const check = () =>
      execFileSync(process.execPath, [compiler, "-p", CACHE], { cwd: CACHE, encoding: "utf8" });
    let complaints = "";
    try {
      check();
    } catch (error) {
      complaints = String((error as { stdout?: string }).stdout);
    }
    expect(complaints).toBe("");
  });

  it.each(inComments.map((example) => [`${example.file}:${example.line}`, example] as const))(
    "in %s promises a value, and keeps it",
    async (_place, example) => {
      expect(countPromises(example)).toBeGreaterThan(0);
      await import(String(modules.get(example)));
    },
  );

  it.each(
    inMarkdown
      .filter(({ runs }) => runs)
      .map((example) => [`${example.file}:${example.line}`, example] as const),
  )("in %s runs", async (_place, example) => {
    await import(String(modules.get(example)));
  });
});

describe("commands in Markdown", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  /** npm's own commands that a reader may be told to type. */
  const own = ["ci", "install", "exec", "ls", "outdated", "audit", "update", "view", "init"];
  const byScript = ["start", "test", "stop", "restart"];

  // "npm packages" in running text isn't a command: commands stand in code.
  const typed = markdown.flatMap((file) => {
    const matches = codeOf(read(file)).matchAll(/\bnpm\s+(run\s+)?([a-z][\w:-]*)/g);
    return [...matches].map(([command, run, name = ""]) => ({ file, command, run, name }));
  });

  it("exist among the package's scripts or npm's commands", () => {
    const unknown = typed.filter(({ run, name }) => {
      if (run || byScript.includes(name)) return !(name in scripts);
      return !own.includes(name);
    });
    expect(unknown.map(({ file, command }) => `${file}: ${command}`)).toEqual([]);
  });

  it("name program files that exist", () => {
    const files = markdown.flatMap((file) => {
      const programs = codeOf(read(file)).matchAll(/\bnode ((?:[\w.-]+\/)+[\w.-]+\.[cm]?js)/g);
      return [...programs].map(([, program = ""]) => ({ file, program }));
    });
    expect(files.filter(({ program }) => !existsSync(path.join(ROOT, program)))).toEqual([]);
  });
});

/** Fenced blocks, and code within a line, which may be wrapped to the next. */
const CODE = /^\s*```[\s\S]*?^\s*```|`[^`]{1,200}`/gm;

/** The parts of a Markdown text that are set as code. */
function codeOf(text: string): string {
  return (text.match(CODE) ?? []).join("\n");
}

describe("links in Markdown", () => {
  it.each(markdown)("of %s lead to files that exist", (file) => {
    const prose = read(file).replaceAll(CODE, "");
    const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    const local = targets.filter((target) => !/^([a-z]+:|#)/.test(target));
    const missing = local.filter((target) => {
      const [place = ""] = decodeURI(target).split("#");
      return !existsSync(path.join(ROOT, path.dirname(file), place));
    });
    expect(missing).toEqual([]);
  });
});
