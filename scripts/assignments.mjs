// @ts-check
// npm run assignments -- COMMAND [...]: assignments from text source to released feedback.
import { UsageError } from "./assignments/usage-error.mjs";

/**
 * A command: what it does in a line, and the file that does it.
 * @typedef {{ usage: string, does: string, load: () => Promise<{ run: (args: readonly string[]) => Promise<number> }> }} Command
 */

/** @type {Readonly<Record<string, Command>>} */
const COMMANDS = {
  build: {
    usage: "build [NAME...]",
    does: "make nbgrader's source and the instructor's solution from the text sources",
    load: () => import("./assignments/build.mjs"),
  },
  check: {
    usage: "check [NAME...]",
    does: "say what is stale, and what keeps no house rule",
    load: () => import("./assignments/check.mjs"),
  },
  prove: {
    usage: "prove [NAME...]",
    does: "solutions earn full marks, stubs 0, every wrong answer loses and hears why",
    load: () => import("./assignments/prove.mjs"),
  },
  new: {
    usage: 'new NN-slug "Title"',
    does: "begin an assignment that proves already",
    load: () => import("./assignments/new.mjs"),
  },
  release: {
    usage: "release NAME",
    does: "make the students' notebook and put it into the exchange",
    load: () => import("./assignments/release.mjs"),
  },
  collect: {
    usage: "collect NAME",
    does: "fetch what was submitted from the exchange",
    load: () => import("./assignments/collect.mjs"),
  },
  grade: {
    usage: "grade NAME [--student ID...] [--again] [--trust] [--jobs N]",
    does: "judge the submissions in sandboxes and enter the marks into the gradebook",
    load: () => import("./assignments/grade.mjs"),
  },
  feedback: {
    usage: "feedback NAME [--release]",
    does: "write the students' feedback, and hand it out",
    load: () => import("./assignments/feedback.mjs"),
  },
  report: {
    usage: "report NAME",
    does: "the class as CSV and as a page: distribution, hardest exercise, commonest wrong answers",
    load: () => import("./assignments/report.mjs"),
  },
  explain: {
    usage: "explain NAME STUDENT",
    does: "a student's result line by line",
    load: () => import("./assignments/explain.mjs"),
  },
  open: {
    usage: "open [--port N] [--no-browser]",
    does: "open the course in JupyterLab, with formgrader",
    load: () => import("./assignments/open.mjs"),
  },
};

const WIDTH = 34;

function help() {
  const lines = Object.values(COMMANDS).map(({ usage, does }) =>
    usage.length < WIDTH
      ? `  ${usage.padEnd(WIDTH)}${does}`
      : `  ${usage}\n  ${"".padEnd(WIDTH)}${does}`,
  );
  return `npm run assignments -- COMMAND [--course FOLDER]\n\n${lines.join("\n")}\n\nA NAME is an assignment's number or name (02, 02-skewed-data-metrics). --course names another course's\nfolder; by default it is notebooks/assignments.`;
}

/**
 * Runs one command.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code: 0 all well, 1 something failed, 2 wrongly called
 */
async function main([name, ...args]) {
  try {
    if (name === "help" || name === "--help") {
      console.log(help());
      return 0;
    }
    const command =
      name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) {
      const wrong = name === undefined ? "Which command?" : `There is no command "${name}".`;
      throw new UsageError(`${wrong}\n\n${help()}`);
    }
    return await (await command.load()).run(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
