// @ts-check
// Writes and reads journals for the tests: `node journal.mjs DIST append|read JOURNAL [STUDY]`. `append` takes an event a
// line and answers each when it is kept; `read` prints the events, one a line. Both with Python's NaN.
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";

const [dist = "", command, journal = "", studyName] = process.argv.slice(2);
const storage = createRequire(path.resolve(dist, "storage", "index.js"));
const { openJournal, readJournal } = storage("./journal-file.js");
const { parseJson, printJson } = storage("./journal-line.js");
const options = studyName === undefined ? {} : { studyName };

if (command === "read") {
  for (const event of readJournal(journal, options)) console.log(printJson(event));
} else {
  const opened = openJournal(journal, options);
  for (const event of opened.load()) console.log(printJson(event));
  console.log("opened");
  for await (const line of createInterface({ input: process.stdin })) {
    opened.append(parseJson(line));
    console.log("kept");
  }
  opened.close();
}
