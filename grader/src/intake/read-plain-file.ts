import fs from "node:fs";
import path from "node:path";
import { UnreadableError } from "./unreadable-error";

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = fs.constants;

/** Folders that the student could have replaced: the submission's own, and theirs above it. */
const FOLDERS = 2;

function refusal(error: unknown, name: string): UnreadableError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ELOOP")
    return new UnreadableError("link", `${name} is a symbolic link: a plain file was expected`);
  // What Linux says of a link to a folder, when it is opened as a folder and not followed.
  if (code === "ENOTDIR")
    return new UnreadableError(
      "link",
      `${name} is a symbolic link or a file: a plain folder was expected`,
    );
  if (code === "ENXIO")
    return new UnreadableError("not-a-file", `${name} is a socket: a plain file was expected`);
  return new UnreadableError(
    "missing",
    `${name} can't be opened (${code ?? "no reason given"}): was a notebook of this name submitted?`,
  );
}

/** Opens `name` in the folder that `parent` describes; what the name stands for can't change in between. */
function openIn(parent: number, folder: string, name: string, flags: number): number {
  if (process.platform === "linux") return fs.openSync(`/proc/self/fd/${parent}/${name}`, flags);
  // Elsewhere there is no such path; the last part of the name is still never followed.
  return fs.openSync(path.join(folder, name), flags);
}

/**
 * The bytes of a plain file of at most `limit` bytes. Links are not followed, in the file's name and in
 * the two folders above it; pipes and devices are not waited for.
 * @throws {UnreadableError} When it is missing, a link, not a plain file, or too large.
 */
export function readPlainFile(file: string, limit: number): Buffer {
  const parts = path.resolve(file).split(path.sep);
  const own = parts.splice(Math.max(1, parts.length - 1 - FOLDERS));
  let folder = parts.join(path.sep) || path.sep;
  const open: number[] = [];
  try {
    let name = folder;
    try {
      let at = fs.openSync(folder, O_RDONLY | O_DIRECTORY);
      open.push(at);
      for (const [index, part] of own.entries()) {
        name = part;
        const last = index === own.length - 1;
        at = openIn(at, folder, part, O_RDONLY | O_NOFOLLOW | (last ? O_NONBLOCK : O_DIRECTORY));
        open.push(at);
        folder = path.join(folder, part);
      }
    } catch (error) {
      throw refusal(error, name);
    }
    return readOpen(open[open.length - 1] as number, name, limit);
  } finally {
    for (const descriptor of open) fs.closeSync(descriptor);
  }
}

function readOpen(descriptor: number, name: string, limit: number): Buffer {
  const status = fs.fstatSync(descriptor);
  if (!status.isFile())
    throw new UnreadableError(
      "not-a-file",
      `${name} is ${status.isDirectory() ? "a folder" : "a pipe or a device"}: a plain file was expected`,
    );
  if (status.size > limit)
    throw new UnreadableError(
      "too-large",
      `${name} has ${(status.size / 1e6).toFixed(1)} MB, and ${limit / 1e6} MB is the limit: clear the outputs and submit it again`,
    );
  // One byte more than allowed: the file may have grown since.
  const bytes = Buffer.alloc(Math.min(status.size, limit) + 1);
  let length = 0;
  for (let count = -1; count !== 0 && length < bytes.length; length += count)
    count = fs.readSync(descriptor, bytes, length, bytes.length - length, null);
  if (length === bytes.length)
    throw new UnreadableError("too-large", `${name} grew while it was read: submit it again`);
  return bytes.subarray(0, length);
}
