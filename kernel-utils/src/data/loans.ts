import { InputError } from "../errors";
import { SeededRandom } from "../random";
import { requireCount } from "../ranges";

/** One invented loan application. */
export interface Loan {
  applicant: number;
  group: "A" | "B";
  /** Yearly, in thousands. */
  income: number;
  /** Debts as a share of income, .05 to .6. */
  debtShare: number;
  /** What the lender decided. */
  approved: boolean;
  /** What would happen, were the loan given; known for the refused too, as all is invented. */
  repaid: boolean;
  synthetic: true;
}

/** What to draw. */
export interface LoanOptions {
  /** Number of applications, at least 1; 2,000 unless told. */
  count?: number;
  /** 1 unless told. */
  seed?: number;
  /** How much worse the lender takes group B to be, in log-odds of repaying; 1 unless told. */
  bias?: number;
}

const SHARE_OF_B = 0.3;
const MEDIAN_INCOME = 40;
const INCOME_SPREAD = 0.35; // of the logarithm
const THRESHOLD = 1; // log-odds of repaying from which a loan is given: a chance of 73 %
const LENDER_NOISE = 0.5; // log-odds

const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * Returns invented loan applications from a lender with a known bias. For each is drawn: group B
 * (30 %) or A; income (log-normal, median 40) and debts (uniform), from the **same** distributions
 * for both groups; repayment, with log-odds 1.5 + .9 z(income) - 4 (debtShare - .325); and the
 * lender's decision: approved where those log-odds, less `bias` for group B, plus some noise,
 * exceed 1.
 *
 * Both groups repay equally, so every difference in approval is the lender's; `bias: 0` removes it.
 *
 * @throws InputError `out-of-range` or `wrong-type` for a count below 1 or not whole, `not-finite`
 *   for such a bias
 */
export function makeLoans(options: LoanOptions = {}): Loan[] {
  const { count = 2000, seed = 1, bias = 1 } = options;
  requireCount("count", count, 1);
  if (!Number.isFinite(bias)) {
    throw new InputError(
      "not-finite",
      `bias: expected a finite number of log-odds, got ${bias}. Use 0 for a fair lender.`,
      { bias },
    );
  }
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const group = random.random() < SHARE_OF_B ? "B" : "A";
    const wealth = random.normal(0, 1);
    const debtShare = 0.05 + 0.55 * random.random();
    const logOdds = 1.5 + 0.9 * wealth - 4 * (debtShare - 0.325);
    const repaid = random.random() < sigmoid(logOdds);
    const penalty = group === "B" ? bias : 0;
    const approved = logOdds - penalty + random.normal(0, LENDER_NOISE) > THRESHOLD;
    return {
      applicant: index + 1,
      group,
      income: round(MEDIAN_INCOME * Math.exp(INCOME_SPREAD * wealth), 1),
      debtShare: round(debtShare, 3),
      approved,
      repaid,
      synthetic: true,
    };
  });
}
