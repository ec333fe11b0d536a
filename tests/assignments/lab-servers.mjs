// @ts-check
// A course and a student, each with a JupyterLab of their own, as on a hub: they meet in the exchange only.
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { JupyterServer } from "../../scripts/jupyter-server.mjs";
import { ROOT } from "../../scripts/project.mjs";
import { makeCourse } from "./temporary-course.mjs";

/** @typedef {{ url: string, token: string }} Address */

/**
 * The folders and servers of a class of one.
 * @typedef {object} Room
 * @property {string} course
 * @property {string} home the student's folder
 * @property {Address} instructor
 * @property {Address} student
 * @property {() => Promise<void>} close ends the servers and deletes the folders
 */

/**
 * @param {string} name of the project's assignment that the course has
 * @param {string} student
 * @returns {Promise<Room>}
 */
export async function openRoom(name, student) {
  const folder = mkdtempSync(path.join(tmpdir(), "headroom-room-"));
  const course = path.join(folder, "course");
  const home = path.join(folder, "students", student);
  const meeting = path.join(folder, "exchange");
  for (const each of [course, home, meeting]) mkdirSync(each, { recursive: true });
  makeCourse(course, name);
  const exchange = `c.Exchange.root = ${JSON.stringify(meeting)}\n`;
  appendFileSync(path.join(course, "nbgrader_config.py"), exchange);
  writeFileSync(
    path.join(home, "nbgrader_config.py"),
    `c = get_config()\nc.CourseDirectory.course_id = "headroom"\nc.CourseDirectory.student_id = "${student}"\n${exchange}`,
  );
  // Where all students find the packages that notebooks import.
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "students", "node_modules"));
  const servers = [
    await startServer(course, path.join(folder, "instructor")),
    await startServer(home, path.join(folder, "student")),
  ];
  const close = async () => {
    for (const server of servers) server.stop();
    await Promise.all(servers.map((server) => server.ended()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [instructor, theirs] = await Promise.all(servers.map((server) => server.ready()));
    return { course, home, instructor, student: theirs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {string} folder that is shown, and whose nbgrader_config.py counts
 * @param {string} state where Jupyter keeps what belongs to its user
 */
async function startServer(folder, state) {
  return new JupyterServer({
    port: await freePort(),
    browser: false,
    folder,
    cwd: folder,
    page: "",
    env: {
      JUPYTER_DATA_DIR: path.join(state, "data"),
      JUPYTERLAB_SETTINGS_DIR: path.join(state, "settings"),
      JUPYTERLAB_WORKSPACES_DIR: path.join(state, "workspaces"),
    },
  });
}

/** @returns {Promise<number>} */
function freePort() {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
