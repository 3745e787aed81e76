import type { ContainerReading, StepReading } from "./reading.js";

/** Something that is told of a container, such as its steps or how they have changed. */
export interface ToldOf<Item> {
  readonly name: string;
  readonly items: readonly Item[];
}

/**
 * What several containers have in common is told once: for each item that says of a later container what was said of an
 * earlier one, the name of that one. Names of containers make no difference.
 *
 * @param textOf everything that is told of an item
 */
export function repeatedIn<Item>(
  containers: readonly ToldOf<Item>[],
  names: readonly string[],
  textOf: (item: Item) => string,
): ReadonlyMap<Item, string> {
  // A longer name may contain a shorter one.
  const longest = names.toSorted((left, right) => right.length - left.length);
  const told = new Map<string, string>();
  const repeated = new Map<Item, string>();
  for (const { name, items } of containers)
    for (const item of items) {
      const text = longest.reduce((rest, each) => rest.replaceAll(each, "\0"), textOf(item));
      const first = told.get(text);
      if (first === undefined) told.set(text, name);
      else if (first !== name) repeated.set(item, first);
    }
  return repeated;
}

/** The steps that are those of an earlier container, and of which, by its name. */
export const repeatedSteps = (
  containers: readonly ContainerReading[],
): ReadonlyMap<StepReading, string> =>
  repeatedIn(
    containers.map(({ name, steps }) => ({ name, items: steps })),
    containers.map(({ name }) => name),
    ({ step, title, what, bash, calls }) =>
      JSON.stringify([step.kind, step.id, title, what, bash, calls]),
  );

/** Items by the container they were told of before, in the order of {@link repeatedIn}. */
export function byContainer<Item>(
  items: readonly Item[],
  repeated: ReadonlyMap<Item, string>,
): [container: string, items: Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const first = repeated.get(item);
    if (first !== undefined) groups.set(first, [...(groups.get(first) ?? []), item]);
  }
  return [...groups];
}
