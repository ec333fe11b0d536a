// What the scripts of the book's pages share; they are plain scripts, so that pages work as files.
import type MiniSearch from "minisearch";
import type { Options } from "minisearch";

/** Colours of a page's theme. */
export interface Theme {
  /** Behind everything. */
  readonly paper: string;
  /** Of the text. */
  readonly ink: string;
}

export interface HeadroomBook {
  isDark(): boolean;
  /** The figure with its colours turned for a dark page; the figure itself stays as it is. */
  darkFigure<Spec>(spec: Spec, theme: Theme): Spec;
  /** Called by the script of each figure. */
  figureLoaded(file: string, spec: object): void;
}

declare global {
  var headroomBook: HeadroomBook;
  var headroomSearch: { options: Options; index: string } | undefined;
  interface Window {
    MiniSearch: typeof MiniSearch;
  }
}
