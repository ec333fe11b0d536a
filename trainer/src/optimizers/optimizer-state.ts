/** Moves an optimizer's state between tfjs's objects and tensors. */
import * as tf from "@tensorflow/tfjs-node";
import type { OptimizerEmitter, Slot, WeightState } from "./optimizer-emitter";

/** A slot, and where tfjs keeps it. */
export interface KeptSlot extends Slot {
  /** The optimizer's field: a list with an entry for each trained weight. */
  readonly field: string;
}

/** An entry of such a list. */
interface Entry {
  /** The weight's name, a slash, and the slot's name. */
  readonly originalName: string;
  readonly variable: tf.Variable;
}

/**
 * Returns the parts of an emitter that follow from where tfjs keeps what. `scalars` tells what further
 * variables of the optimizer are after so many steps, by field.
 */
export function keptState(
  slots: (optimizer: tf.Optimizer) => readonly KeptSlot[],
  scalars: (
    optimizer: tf.Optimizer,
    steps: number,
  ) => Readonly<Record<string, number>> = () => ({}),
): Pick<OptimizerEmitter, "slots" | "read" | "write"> {
  return {
    slots,
    read(optimizer, index) {
      const found = slots(optimizer).map(
        ({ field }) => entriesOf(optimizer, field)[index]?.variable,
      );
      return found.every((variable) => variable !== undefined) ? found : undefined;
    },
    write(optimizer, state, steps) {
      slots(optimizer).forEach(({ field, name }, slot) => {
        const old = entriesOf(optimizer, field);
        const entries = state.map((own, index) => entryOf(old[index], own, slot, name));
        for (const { variable } of old.slice(state.length)) variable.dispose();
        Reflect.set(optimizer, field, entries);
      });
      for (const [field, value] of Object.entries(scalars(optimizer, steps))) {
        const variable = Reflect.get(optimizer, field) as tf.Variable;
        tf.tidy(() => variable.assign(tf.scalar(value)));
      }
      Reflect.set(optimizer, "iterations_", steps);
    },
  };
}

function entriesOf(optimizer: tf.Optimizer, field: string): readonly Entry[] {
  return (Reflect.get(optimizer, field) as readonly Entry[] | undefined) ?? [];
}

/** The variable that is there takes the new value; one of another shape, of another model, is freed. */
function entryOf(
  old: Entry | undefined,
  { name, slots }: WeightState,
  slot: number,
  slotName: string,
): Entry {
  const value = slots[slot] as tf.Tensor;
  const originalName = `${name}/${slotName}`;
  const isSame = old !== undefined && tf.util.arraysEqual(old.variable.shape, value.shape);
  if (isSame) old.variable.assign(value);
  else old?.variable.dispose();
  const variable = isSame ? old.variable : tf.variable(value, false);
  value.dispose();
  return { originalName, variable };
}

/** Returns fields of an optimizer that are numbers. Throws an Error for one that isn't. */
export function numbersOf<Name extends string>(
  optimizer: tf.Optimizer,
  ...names: readonly Name[]
): Record<Name, number> {
  const entries = names.map((name): [Name, number] => {
    const value: unknown = Reflect.get(optimizer, name);
    if (typeof value === "number") return [name, value];
    throw new Error(`${optimizer.getClassName()} should have a number ${name}, it has ${value}`);
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}
