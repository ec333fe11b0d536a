/** What a search has found, in the forms in which it is asked for. */
import { SearchError } from "./errors";
import { bracketsFigure } from "./report/figures/brackets-figure";
import type { Figure } from "./report/figures/figure";
import { historyFigure } from "./report/figures/history-figure";
import { importanceFigure } from "./report/figures/importance-figure";
import { learningCurvesFigure } from "./report/figures/learning-curves-figure";
import { parallelCoordinatesFigure } from "./report/figures/parallel-coordinates-figure";
import { sliceFigure } from "./report/figures/slice-figure";
import { timelineFigure } from "./report/figures/timeline-figure";
import {
  type Importance,
  type ImportanceOptions,
  importances,
} from "./report/importance/importances";
import { type TrialRow, type TrialRows, trialRows } from "./report/trial-rows";
import { rowsToCsv, rowsToJson } from "./report/trial-rows-export";
import type { TypedValues, Values } from "./search-space/parameter";
import type { Study } from "./study/study";

/** The results of a study so far. @typeParam V the type of the values, as a declared space infers it */
export class Results<V extends TypedValues = Values> {
  readonly #study: Study;

  constructor(study: Study) {
    this.#study = study;
  }

  /** A row for each trial, in the order of creation; a notebook shows a table. */
  get rows(): TrialRows<V> {
    return trialRows<V>(this.#study.trials, this.#study.objectives);
  }

  /** The best completed trial. @throws SearchError `no-result` where none has completed */
  get best(): TrialRow<V> {
    const [best] = this.#study.best(1);
    if (best === undefined) {
      throw new SearchError(
        "no-result",
        `Of ${this.#study.trials.length} trials none has completed, so there is no best one. Failed ` +
          "ones tell why: see results.rows.",
      );
    }
    return this.rows[best.number] as TrialRow<V>;
  }

  /** The rows as comma-separated values (RFC 4180). */
  get csv(): string {
    return rowsToCsv(this.rows, this.#study.space);
  }

  /** The rows as JSON. */
  get json(): string {
    return rowsToJson(this.rows);
  }

  /** How much each hyperparameter mattered, the most important first. */
  importances(options?: ImportanceOptions): readonly Importance[] {
    const { trials, space, objectives } = this.#study;
    return importances(trials, space, objectives, options);
  }

  /** Scores in the order of the trials, with the best so far. */
  historyFigure(): Figure {
    return historyFigure(this.#study.trials, this.#study.objectives);
  }

  /** Scores by the values of each hyperparameter. */
  sliceFigure(): Figure {
    const { trials, space, objectives } = this.#study;
    return sliceFigure(trials, space, objectives);
  }

  /** A line for each trial through its values to its score. */
  parallelCoordinatesFigure(): Figure {
    const { trials, space, objectives } = this.#study;
    return parallelCoordinatesFigure(trials, space, objectives);
  }

  /** How much each hyperparameter mattered. */
  importanceFigure(options?: ImportanceOptions): Figure {
    return importanceFigure(this.importances(options), this.#study.objectives);
  }

  /** What trials reported, step by step. */
  learningCurvesFigure(): Figure {
    return learningCurvesFigure(this.#study.trials, this.#study.objectives);
  }

  /** Which trials each bracket of a Hyperband search promoted. */
  bracketsFigure(): Figure {
    return bracketsFigure(this.#study.trials, this.#study.objectives);
  }

  /** When each trial ran. */
  timelineFigure(): Figure {
    return timelineFigure(this.#study.trials, this.#study.objectives);
  }
}
