/**
 * What a cell imports from "@headroom/kernel": display, tables, progress, input and comms.
 *
 * @packageDocumentation
 */

export type { MimeBundle, MimeData } from "./bridge/contract";
export type { CheckMode } from "./cell/compiled-cell";
export { clearOutput } from "./output/clear-output";
export {
  Comm,
  type CommExtras,
  type CommHandler,
  onComm,
  openComm,
  type Unsubscribe,
} from "./output/comm";
export { type DisplayHandle, type DisplayOptions, display } from "./output/display";
export { type Displayable, type DisplayFormats, displaySymbol } from "./output/displayable";
export { escapeHtml } from "./output/escape-html";
export { type KernelInfo, kernel } from "./output/kernel-info";
export { ProgressBar, type ProgressOptions, progress } from "./output/progress";
export { promptSecret, StdinNotImplementedError } from "./output/question";
export {
  bundle,
  gif,
  html,
  type ImageOptions,
  javascript,
  jpeg,
  json,
  latex,
  markdown,
  pdf,
  png,
  type RichValue,
  svg,
  webp,
} from "./output/rich-value";
export { type TableOptions, table } from "./output/table";
