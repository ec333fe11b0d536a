import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DataFileError, HeadroomError } from "../errors";
import { dataFolder } from "./data-folder";
import { downloadFile } from "./download-file";
import { parseIdx } from "./idx-file";

type Part = "trainImages" | "trainLabels" | "testImages" | "testLabels";

/** Where the four files are, what they are called, and their MD5. */
export interface FashionMnistSource {
  readonly baseUrl: string;
  readonly files: Readonly<Record<Part, { readonly name: string; readonly md5: string }>>;
}

/**
 * Zalando Research's public bucket. It speaks plain HTTP only; the checksums, from the data set's
 * own page, prove what comes.
 */
export const fashionMnistSource: FashionMnistSource = {
  baseUrl: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  files: {
    trainImages: { name: "train-images-idx3-ubyte.gz", md5: "8d4fb7e6c68d591d4c3dfef9ec88bf0d" },
    trainLabels: { name: "train-labels-idx1-ubyte.gz", md5: "25c81989df183df01b3e8a0aad5dffbe" },
    testImages: { name: "t10k-images-idx3-ubyte.gz", md5: "bef4ecab320f06d8554ea6380940ec79" },
    testLabels: { name: "t10k-labels-idx1-ubyte.gz", md5: "bb300cfdad3c16e7a12a480ee83cd310" },
  },
};

const CLASS_NAMES = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
] as const;

/** Images of one kind and their labels. */
export interface ImageSet {
  count: number;
  /** Image after image, row after row: 0 is background, 255 the brightest. */
  images: Uint8Array;
  /** One per image: a position in `classNames`. */
  labels: Uint8Array;
}

/** Fashion-MNIST: 60,000 images to train and 10,000 to test, in the publishers' order. */
export interface FashionMnist {
  train: ImageSet;
  test: ImageSet;
  imageShape: [height: number, width: number];
  classNames: (typeof CLASS_NAMES)[number][];
  /** One sentence to print wherever the images are shown. */
  attribution: string;
}

/** Where to look, and whether the network may be asked. */
export interface FashionMnistOptions {
  /** `data/fashion-mnist` unless told. */
  folder?: string;
  /** Fetch what is missing, about 30 MB in all; true unless told. */
  download?: boolean;
  /** For tests and mirrors. */
  source?: FashionMnistSource;
}

/** Says which files are missing, where they come from and where they belong. */
function missingFiles(
  names: readonly string[],
  folder: string,
  source: FashionMnistSource,
  reason: string,
): DataFileError {
  const list = names.map((name) => `  ${source.baseUrl}${name}`).join("\n");
  return new DataFileError(
    "missing-file",
    `Fashion-MNIST (Zalando Research, MIT licence) is not complete in ${folder}: ${reason}\n` +
      `Fetch on a machine with a network, and put into that folder as they are:\n${list}`,
    { folder, missing: names },
  );
}

/** Downloads what is missing; the network's failure is told with the way round it. */
async function complete(
  folder: string,
  source: FashionMnistSource,
  download: boolean,
): Promise<void> {
  const isMissing = (file: { name: string }) => !existsSync(join(folder, file.name));
  const files = Object.values(source.files);
  const names = () => files.filter(isMissing).map((file) => file.name);
  if (!download && names().length > 0) {
    const reason = "files are missing and `download` is false.";
    throw missingFiles(names(), folder, source, reason);
  }
  for (const { name, md5 } of files.filter(isMissing)) {
    try {
      await downloadFile({ url: `${source.baseUrl}${name}`, path: join(folder, name), md5 });
    } catch (error) {
      if (!(error instanceof HeadroomError) || error.code !== "no-network") throw error;
      const { message, code, data } = error;
      const advice = missingFiles(names(), folder, source, message);
      throw new DataFileError(code, advice.message, { ...data, ...advice.data });
    }
  }
}

async function readPart(folder: string, source: FashionMnistSource, part: Part) {
  const { name, md5 } = source.files[part];
  const path = join(folder, name);
  const bytes = await readFile(path);
  const found = createHash("md5").update(bytes).digest("hex");
  if (found !== md5) {
    throw new DataFileError(
      "corrupt-file",
      `${path} is damaged or another file: expected MD5 ${md5}, found ${found}. ` +
        `Delete it and load again, or fetch it anew from ${source.baseUrl}${name}`,
      { path, expected: md5, found },
    );
  }
  return parseIdx(name, gunzipSync(bytes));
}

async function readSet(folder: string, source: FashionMnistSource, which: "train" | "test") {
  const images = await readPart(folder, source, `${which}Images`);
  const labels = await readPart(folder, source, `${which}Labels`);
  const [count = 0, height = 0, width = 0] = images.shape;
  if (images.shape.length !== 3 || labels.shape.length !== 1 || labels.shape[0] !== count) {
    throw new DataFileError(
      "corrupt-file",
      `Fashion-MNIST, ${which}: expected n images and n labels, got shapes ` +
        `[${images.shape}] and [${labels.shape}]. Delete both files and load again.`,
      { images: images.shape, labels: labels.shape },
    );
  }
  const set: ImageSet = { count, images: images.values, labels: labels.values };
  return { set, imageShape: [height, width] as [number, number] };
}

/**
 * Returns Fashion-MNIST in full: 60,000 + 10,000 images of 28 x 28 grey values in ten classes of
 * clothing. The four files are read from `data/fashion-mnist/`, and downloaded there once where
 * they are missing; each is compared with its published MD5 at every load.
 *
 * Source: H. Xiao, K. Rasul, R. Vollgraf (2017), Zalando Research, MIT licence.
 *
 * @throws DataFileError `no-network` where a missing file can't be fetched and `missing-file` where
 *   it may not be, both naming every missing file, its address and its place; `corrupt-file` with
 *   both checksums
 */
export async function loadFashionMnist(options: FashionMnistOptions = {}): Promise<FashionMnist> {
  const { folder = join(dataFolder(), "fashion-mnist"), download = true } = options;
  const { source = fashionMnistSource } = options;
  await complete(folder, source, download);
  const train = await readSet(folder, source, "train");
  const test = await readSet(folder, source, "test");
  return {
    train: train.set,
    test: test.set,
    imageShape: train.imageShape,
    classNames: [...CLASS_NAMES],
    attribution:
      "Fashion-MNIST, by Han Xiao, Kashif Rasul and Roland Vollgraf, Zalando Research, " +
      "used under the MIT licence.",
  };
}
