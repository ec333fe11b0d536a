#!/usr/bin/env node
/** `npx @headroom/kernel`: makes the kernel known to Jupyter, removes it, looks after it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { CliError, UsageError } from "./cli/cli-error";
import { type Command, HELP, parseCommand } from "./cli/command";
import { install, type Program, uninstall } from "./cli/install";
import { dataFolder, searchedDataFolders, thisSystem } from "./cli/jupyter-folders";

const MARKS = { right: "ok  ", missing: "note", wrong: "BAD " } as const;

/** Prints what a command line asks for and returns the exit code: 0, 1 failed, 2 misunderstood. */
async function main(args: readonly string[]): Promise<number> {
  try {
    return await perform(parseCommand(args));
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${HELP}`);
      return 2;
    }
    if (!(error instanceof CliError)) throw error;
    console.error(`${error.message}\ncure: ${error.cure}`);
    return 1;
  }
}

async function perform(command: Command): Promise<number> {
  const system = thisSystem();
  const program = thisProgram();
  switch (command.kind) {
    case "help":
      console.log(HELP);
      return 0;
    case "version":
      console.log(program.version);
      return 0;
    case "install": {
      const target = dataFolder(command.place, system);
      const { folder, copied, replaced } = install(command, target, program);
      console.log(`${replaced ? "Replaced" : "Installed"} the kernel ${command.name} in ${folder}`);
      if (copied) console.log("with a copy of the package, as npx keeps its own for a while only.");
      if (system.ask("jupyter", ["--version"]) === undefined) {
        console.log("No Jupyter was found in PATH; pip install jupyterlab brings JupyterLab.");
      }
      return 0;
    }
    case "uninstall":
      console.log(`Removed ${uninstall(command.name, dataFolder(command.place, system))}`);
      return 0;
    case "doctor": {
      const { place } = command;
      return examineAll(place ? [dataFolder(place, system)] : searchedDataFolders(system));
    }
  }
}

async function examineAll(dataFolders: readonly string[]): Promise<number> {
  const { examine } = await import("./cli/doctor.js");
  let wrong = 0;
  for await (const finding of examine(dataFolders, thisProgram(), thisSystem())) {
    const { part, state, text, cure } = finding;
    console.log(`${MARKS[state]}  ${part.padEnd(16)} ${text}`);
    if (cure) console.log(`${" ".repeat(23)}cure: ${cure}`);
    if (state === "wrong") wrong++;
  }
  return wrong === 0 ? 0 : 1;
}

function thisProgram(): Program {
  const packageFolder = path.dirname(__dirname);
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(packageFolder, "package.json"), "utf8"),
  );
  const { version } = manifest as { version: string };
  return { node: process.execPath, packageFolder, version };
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
