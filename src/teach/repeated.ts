import type { ContainerReading, StepReading } from "./reading.js";

/** Something that is told of a container, such as one of its steps or how that has changed. */
export interface Telling<Item> {
  readonly item: Item;
  /** The container it is told of. */
  readonly container: string;
  /** Everything that is told. */
  readonly text: string;
  /** What a reader of it knows besides, and of which container. */
  readonly known?: readonly (readonly [text: string, container: string])[];
}

/**
 * What several containers have in common is told once: for each item that says of a later container what is known of an
 * earlier one, the name of that one. Names of containers make no difference.
 */
export function repeatedIn<Item>(
  tellings: readonly Telling<Item>[],
  names: readonly string[],
): ReadonlyMap<Item, string> {
  // A longer name may contain a shorter one.
  const longest = names.toSorted((left, right) => right.length - left.length);
  const anonymous = (text: string) =>
    longest.reduce((rest, each) => rest.replaceAll(each, "\0"), text);
  const sources = new Map<string, { readonly toldOf: string; readonly name: string }>();
  const repeated = new Map<Item, string>();
  for (const { item, container, text, known = [] } of tellings) {
    const source = sources.get(anonymous(text));
    if (source !== undefined && source.toldOf !== container) repeated.set(item, source.name);
    for (const [each, name] of [[text, container] as const, ...known])
      if (!sources.has(anonymous(each))) sources.set(anonymous(each), { toldOf: container, name });
  }
  return repeated;
}

/** The steps that are those of an earlier container, and of which, by its name. */
export const repeatedSteps = (
  containers: readonly ContainerReading[],
): ReadonlyMap<StepReading, string> =>
  repeatedIn(
    containers.flatMap(({ name, steps }) =>
      steps.map((item) => ({ item, container: name, text: contentOf(item) })),
    ),
    containers.map(({ name }) => name),
  );

const contentOf = ({ step, title, what, bash, calls }: StepReading) =>
  JSON.stringify([step.kind, step.id, title, what, bash, calls]);

/** Items by the container that {@link repeatedIn} names. */
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
