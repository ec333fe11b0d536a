import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DataFileError } from "../errors";

/** What to fetch, where to put it, and how to know that it came whole. */
export interface Download {
  readonly url: string;
  readonly path: string;
  /** Expected MD5, in lower-case hexadecimal. */
  readonly md5: string;
  /** Gives up after so long without a byte; 30 seconds unless told. */
  readonly idleSeconds?: number;
}

const LEFTOVER_AGE = 60 * 60 * 1000;

/** Removes what runs that were killed left behind; a younger file may be another run's, at work. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !name.endsWith(".part")) continue;
    const leftover = join(folder, name);
    const facts = await stat(leftover).catch(() => undefined);
    if (facts !== undefined && Date.now() - facts.mtimeMs > LEFTOVER_AGE) {
      await rm(leftover, { force: true });
    }
  }
}

/** The innermost reason of a failed fetch ("fetch failed" says nothing, its cause does). */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

/**
 * Yields the body of `url` piece by piece.
 *
 * @throws DataFileError `no-network` for whatever goes wrong on the way
 */
async function* fetchBody({ url, path, idleSeconds = 30 }: Download): AsyncGenerator<Uint8Array> {
  const idle = new AbortController();
  const silence = new Error(`no byte for ${idleSeconds} seconds`);
  const timer = setTimeout(() => idle.abort(silence), idleSeconds * 1000);
  try {
    const response = await fetch(url, { signal: idle.signal });
    if (!response.ok || response.body === null) {
      throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
    }
    for await (const chunk of response.body) {
      timer.refresh();
      yield chunk;
    }
  } catch (error) {
    const reason = reasonOf(idle.signal.aborted ? silence : error);
    throw new DataFileError(
      "no-network",
      `Could not download ${url}: ${reason}. Nothing was kept.`,
      {
        url,
        path,
        reason,
      },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Writes the body of `url` to `partial` and returns its MD5. */
async function fetchInto(partial: string, download: Download): Promise<string> {
  const hash = createHash("md5");
  const file = await open(partial, "wx");
  try {
    for await (const chunk of fetchBody(download)) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return hash.digest("hex");
}

/**
 * Downloads a file, so that `path` is either the whole file with the expected MD5 or untouched: the
 * bytes go to a file of this run's own beside it, which is renamed when they are proved and removed
 * when anything fails. Trouble with the disk comes as Node's own error.
 *
 * @throws DataFileError `no-network` where the server can't be reached, breaks off, or answers with
 *   an error; `corrupt-file` where the checksum differs, with both checksums
 */
export async function downloadFile(download: Download): Promise<void> {
  const { url, path, md5 } = download;
  await mkdir(dirname(path), { recursive: true });
  await removeLeftovers(path);
  const partial = `${path}.${randomUUID()}.part`;
  try {
    const found = await fetchInto(partial, download);
    if (found !== md5) {
      throw new DataFileError(
        "corrupt-file",
        `${url} came with MD5 ${found}, expected ${md5}; nothing was kept. Try again; if it ` +
          "happens again, a proxy or a log-in page answers in the server's place.",
        { url, path, expected: md5, found },
      );
    }
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
