// Checked by the compiler alone: a space's values have the types of their declarations, and names
// and values that can't be do not compile.
import {
  boolean,
  choice,
  type DeclaredSpace,
  defineSpace,
  fixed,
  float,
  int,
  type ValuesOf,
} from "./declared-space";
import { HyperParameters } from "./hyperparameters";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Does not compile unless `Given` is true. */
type Holds<Given extends true> = Given;

const plain = defineSpace({
  units: int({ min: 32, max: 512, step: 32 }),
  rate: float({ min: 1e-4, max: 0.1, sampling: "log" }),
  learningRate: choice([0.01, 0.001, 0.0001]),
  activation: choice(["relu", "tanh"], { default: "tanh" }),
  normalise: boolean(),
  optimizer: fixed("adam"),
});
type Plain = ValuesOf<typeof plain>;

const conditional = defineSpace({
  kind: choice(["dense", "convolution", "linear"]),
  deep: boolean(),
})
  .when("kind", ["convolution"], { filters: int({ min: 8, max: 64 }), size: choice([3, 5]) })
  .when("kind", ["dense"], { units: int({ min: 8, max: 64 }) })
  .when("size", [5], { stride: fixed(2) });
type Conditional = ValuesOf<typeof conditional>;
type Of<Kind> = Extract<Conditional, { readonly kind: Kind }>;

export type Checks = [
  Holds<
    Equal<
      Plain,
      {
        readonly units: number;
        readonly rate: number;
        readonly learningRate: 0.01 | 0.001 | 0.0001;
        readonly activation: "relu" | "tanh";
        readonly normalise: boolean;
        readonly optimizer: "adam";
      }
    >
  >,
  Holds<Equal<Conditional["kind"], "dense" | "convolution" | "linear">>,
  Holds<Equal<Of<"convolution">["filters"], number>>,
  Holds<Equal<Of<"dense">["units"], number>>,
  Holds<Equal<Of<"dense">["filters"], undefined>>,
  Holds<Equal<Extract<Conditional, { readonly size: 5 }>["stride"], 2>>,
  Holds<Equal<Extract<Conditional, { readonly size: 3 }>["stride"], undefined>>,
  Holds<typeof plain extends DeclaredSpace<Plain> ? true : false>,
];

/** A condition on the parent's value is what makes the others known. */
export function build(values: Conditional): number {
  // @ts-expect-error without a look at the kind it may be undefined
  const early: number = values.filters;
  if (values.kind === "convolution") return values.filters + values.size;
  if (values.kind === "dense") return values.units;
  const none: undefined = values.units;
  return none ?? early;
}

// @ts-expect-error not a name of the space
plain.check({}).unit;
// @ts-expect-error not a value of that choice
plain.check({}).learningRate === 0.02;
// @ts-expect-error the default is none of the values
choice(["relu", "tanh"], { default: "selu" });
// @ts-expect-error values of several types
choice(["relu", 1]);
// @ts-expect-error no values
choice([]);
// @ts-expect-error no such sampling
float({ min: 0, max: 1, sampling: "exponential" });
// @ts-expect-error no maximum
int({ min: 1 });
// @ts-expect-error not what a trial can record
fixed({ a: 1 });
// @ts-expect-error no such parent
conditional.when("knd", ["dense"], {});
// @ts-expect-error the parent never has this value
conditional.when("kind", ["recurrent"], {});
// @ts-expect-error no values of the parent
conditional.when("kind", [], {});

const hp = new HyperParameters();
const chosen: "a" | "b" = hp.choice("letter", ["a", "b"]);
const always: number = hp.int("count", { min: 1, max: 2 });
hp.conditionalScope("letter", ["a"], (scope) => {
  // @ts-expect-error undefined where the letter is b
  const sometimes: number = scope.int("inner", { min: 1, max: 2 });
  return sometimes;
});
const named: number = hp.nameScope("block", (scope) => scope.int("count", { min: 1, max: 2 }));
// @ts-expect-error the default is none of the values
hp.choice("other", [1, 2], { default: 3 });

export const used = [chosen, always, named];
