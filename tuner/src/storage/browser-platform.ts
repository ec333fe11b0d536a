/** Stands in for `node-platform.ts` in browsers (package.json, "browser"). */
import { browserPlatform, type Platform } from "../platform";

/** A platform without files. */
export const nodePlatform: Platform = browserPlatform;
