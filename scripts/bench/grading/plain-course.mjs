// @ts-check
// A course as nbgrader configures it by itself: notebooks are run by a kernel, whatever is in them.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { program, projectEnvironment } from "../../project.mjs";

/**
 * Puts a plain configuration in the place of ours and enters the assignments into the gradebook.
 * @param {string} course
 */
export function configurePlainly(course) {
  writeFileSync(
    path.join(course, "nbgrader_config.py"),
    `c = get_config()
c.CourseDirectory.course_id = "headroom"
c.ClearSolutions.code_stub = {"typescript": 'throw new Error("not answered yet");'}
c.ClearSolutions.begin_solution_delimeter = "// BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "// END SOLUTION"
c.ClearHiddenTests.begin_test_delimeter = "// BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "// END HIDDEN TESTS"
c.ClearMarkScheme.enforce_metadata = False
`,
  );
  execFileSync(
    program("nbgrader"),
    ["generate_assignment", "--assignment=*", "--log-level=ERROR"],
    {
      cwd: course,
      env: projectEnvironment(),
      stdio: "inherit",
    },
  );
}
