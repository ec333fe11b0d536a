import type { CompiledCell } from "../cell/compiled-cell";
import type { TypeChecker } from "../typecheck/type-checker";

/** A type checker whose process starts when it is first asked, or told to. */
export interface LazyChecker extends TypeChecker {
  start(): void;
}

/** Questions beyond these, while none is answered, are answered with nothing. */
const MAX_PENDING = 50;

/**
 * Returns a checker made by `create` when needed; what was declared before is then made up for. Where
 * it cannot be made or asked, cells go unchecked and questions find nothing: it never throws or
 * rejects. `log` is told why.
 */
export function createLazyChecker(
  create: () => TypeChecker,
  log: (text: string) => void,
): LazyChecker {
  let checker: TypeChecker | undefined;
  let declared: CompiledCell[] = [];
  let pending = 0;

  function get(): TypeChecker {
    if (!checker) {
      checker = create();
      for (const cell of declared) checker.declare(cell);
      declared = [];
    }
    return checker;
  }

  const tell = (error: unknown) =>
    log(`checker: ${error instanceof Error ? error.stack : String(error)}`);

  function attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      tell(error);
    }
  }

  async function ask<T>(question: (checker: TypeChecker) => Promise<T>, otherwise: T): Promise<T> {
    if (pending >= MAX_PENDING) return otherwise;
    pending++;
    try {
      return await question(get());
    } catch (error) {
      tell(error);
      return otherwise;
    } finally {
      pending--;
    }
  }

  return {
    start: () => attempt(get),
    async check(cell) {
      try {
        return await get().check(cell);
      } catch (error) {
        log(`checker: ${error instanceof Error ? error.stack : error}`);
        return undefined;
      }
    },
    declare(cell) {
      if (checker) attempt(() => checker?.declare(cell));
      else declared.push(cell);
    },
    complete: (code, offset) =>
      ask((asked) => asked.complete(code, offset), { items: [], start: offset, end: offset }),
    inspect: (code, offset) => ask((asked) => asked.inspect(code, offset), undefined),
    stop: () => checker?.stop(),
  };
}
