/** Says why there are no Excel files here, and what to do. */
function refusal() {
  const error = new Error(
    "Excel files are not supported here: the xlsx package on npm is frozen with known " +
      "vulnerabilities, so this stand-in takes its place. In the spreadsheet program, save the " +
      "sheet as CSV and use readCSV; to write a table, use toCSV.",
  );
  error.code = "excel-not-supported";
  return error;
}

function refuse() {
  throw refusal();
}

/**
 * danfojs-node reads a workbook inside a callback of its own, where a thrown error reaches nobody
 * and ends the process. Its reader's module is the one that is loading this file; whatever it
 * defines as `$readExcel` from here on is set aside for a function that rejects.
 */
if (module.parent?.exports && "$readExcel" in module.parent.exports) {
  Object.defineProperty(module.parent.exports, "$readExcel", {
    enumerable: true,
    get: () => async () => refuse(),
    set: () => undefined,
  });
}

module.exports = {
  read: refuse,
  readFile: refuse,
  writeFile: refuse,
  utils: {
    aoa_to_sheet: refuse,
    book_append_sheet: refuse,
    book_new: refuse,
    sheet_to_json: refuse,
  },
};
