import { SeededRandom } from "../random";
import { requireCount } from "../ranges";

/** One invented week of one shop. */
export interface Sale {
  /** 1 is the first. */
  week: number;
  shop: number;
  /** As recorded: in the currency, and in its hundredth part after the upstream change. */
  price: number;
  promotion: boolean;
  /** Pieces sold. */
  units: number;
  synthetic: true;
}

/** What to draw. A change begins in the week given and stays; `null` switches it off. */
export interface SalesOptions {
  /** Number of weeks, at least 1; 52 unless told. */
  weeks?: number;
  /** Shops per week, at least 1; 20 unless told. */
  shops?: number;
  /** 1 unless told. */
  seed?: number;
  /** Data drift: prices rise from about 10 to about 13. Week 20 unless told. */
  dataDriftFrom?: number | null;
  /** Concept drift: buyers mind the price more, elasticity 2 instead of 1. Week 34 unless told. */
  conceptDriftFrom?: number | null;
  /** Upstream change: the price is recorded in cents. Week 46 unless told. */
  upstreamChangeFrom?: number | null;
}

const USUAL_UNITS = 100;
const USUAL_PRICE = 10;

/** Logarithm of the units that are expected at a price: what a model is asked to learn. */
function expectedLogUnits(
  week: number,
  price: number,
  promotion: boolean,
  elasticity: number,
): number {
  const season = 0.1 * Math.sin((2 * Math.PI * week) / 52);
  const lift = promotion ? 0.3 : 0;
  return Math.log(USUAL_UNITS) + season + lift - elasticity * Math.log(price / USUAL_PRICE);
}

/**
 * Returns invented sales whose three changes are known. For each shop and week is drawn: a price
 * (normal, mean 10 and later 13, sd 1, at least 5), a promotion (one week in five), and the units
 * sold: 100 on average, x (price / 10)^-elasticity, x 1.35 with a promotion, a season of 10 % over
 * the year, and noise of 15 %.
 *
 * Data drift moves the inputs only; concept drift moves what the same inputs sell; the upstream
 * change moves only what is written down.
 *
 * @throws InputError `out-of-range` or `wrong-type` for weeks, shops or a change's week below 1 or
 *   not whole
 */
export function makeSales(options: SalesOptions = {}): Sale[] {
  const { weeks = 52, shops = 20, seed = 1 } = options;
  const { dataDriftFrom = 20, conceptDriftFrom = 34, upstreamChangeFrom = 46 } = options;
  requireCount("weeks", weeks, 1);
  requireCount("shops", shops, 1);
  const changes = { dataDriftFrom, conceptDriftFrom, upstreamChangeFrom };
  for (const [name, week] of Object.entries(changes)) {
    if (week !== null) requireCount(name, week, 1);
  }
  const random = new SeededRandom(seed);
  const begun = (week: number, from: number | null) => from !== null && week >= from;
  return Array.from({ length: weeks * shops }, (_, index) => {
    const week = 1 + Math.floor(index / shops);
    const meanPrice = begun(week, dataDriftFrom) ? 13 : USUAL_PRICE;
    const price = Number(Math.max(5, random.normal(meanPrice, 1)).toFixed(2));
    const promotion = random.random() < 0.2;
    const elasticity = begun(week, conceptDriftFrom) ? 2 : 1;
    const logUnits = expectedLogUnits(week, price, promotion, elasticity);
    return {
      week,
      shop: 1 + (index % shops),
      price: begun(week, upstreamChangeFrom) ? Math.round(price * 100) : price,
      promotion,
      units: Math.round(Math.exp(logUnits + random.normal(0, 0.15))),
      synthetic: true,
    };
  });
}
