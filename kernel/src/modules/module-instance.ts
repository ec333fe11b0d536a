import type { Module } from "node:module";
import type { ModuleSource } from "./module-source";

/** One version of a local file, as it was loaded or is about to be. */
export interface ModuleInstance {
  /** Unique in the kernel's life. */
  readonly id: number;
  readonly file: string;
  readonly source: ModuleSource;
  /** What its static requests mean, as texts to be compared. */
  readonly targets: readonly string[];
  /** Where its static requests lead, in their order; empty until it is linked. */
  links: readonly string[];
  /** The local files that it has loaded, in the versions that it got. */
  readonly loaded: Map<string, ModuleInstance>;
  /** True once it has run to its end. */
  isDone: boolean;
  /** True while it runs, for one that is no ES module. */
  isRunning: boolean;
  /** How many imports and requires now load it. */
  users: number;
  /** The file that an ES module is compiled to; empty for others. */
  readonly compiled: string;
  /** What a CommonJS module runs as. */
  common?: Module;
}
