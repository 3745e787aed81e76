/** What can be chosen, by name. */
export type Choices = Readonly<Record<string, readonly unknown[]>>;

export type Choice<From extends Choices> = { readonly [Name in keyof From]: From[Name][number] };

/** Every combination of every choice. */
export function product<From extends Choices>(choices: From): Choice<From>[] {
  return Object.entries(choices).reduce<Record<string, unknown>[]>(
    (rows, [name, values]) =>
      rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  ) as Choice<From>[];
}

/** A few of the combinations in which every two values of different choices meet at least once. */
export function pairwise<From extends Choices>(choices: From): Choice<From>[] {
  const names = Object.keys(choices);
  const missing = new Set(
    names.flatMap((left, index) =>
      names
        .slice(index + 1)
        .flatMap((right) =>
          (choices[left] ?? []).flatMap((_, a) =>
            (choices[right] ?? []).map((__, b) => pair(left, a, right, b)),
          ),
        ),
    ),
  );
  const rows: Choice<From>[] = [];
  while (missing.size > 0) {
    const [first = ""] = missing;
    const row = new Map(JSON.parse(first) as [string, number][]);
    for (const name of names.filter((each) => !row.has(each)))
      row.set(name, bestValue(name, choices[name]?.length ?? 0, row, names, missing));
    for (const met of pairsOf(row, names)) missing.delete(met);
    rows.push(
      Object.fromEntries(
        names.map((name) => [name, choices[name]?.[row.get(name) ?? 0]]),
      ) as Choice<From>,
    );
  }
  return rows;
}

const pair = (left: string, a: number, right: string, b: number) =>
  JSON.stringify([
    [left, a],
    [right, b],
  ]);

function pairsOf(row: ReadonlyMap<string, number>, names: readonly string[]): string[] {
  const set = names.filter((name) => row.has(name));
  return set.flatMap((left, index) =>
    set.slice(index + 1).map((right) => pair(left, row.get(left) ?? 0, right, row.get(right) ?? 0)),
  );
}

/** The value that meets the most values it has not met. */
function bestValue(
  name: string,
  count: number,
  row: ReadonlyMap<string, number>,
  names: readonly string[],
  missing: ReadonlySet<string>,
): number {
  const gains = Array.from({ length: count }, (_, value) => {
    const extended = new Map([...row, [name, value]]);
    return pairsOf(extended, names).filter((each) => missing.has(each)).length;
  });
  return gains.indexOf(Math.max(...gains));
}
