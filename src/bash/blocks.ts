/** Where an item stands in what a template repeats. */
interface Loop {
  readonly index: number;
  readonly key: string;
  readonly first: boolean;
  readonly last: boolean;
}

/** What the blocks of templates do. */
export const blocks = {
  /** Whether the first branch of `if` is taken: an empty list is as good as none. */
  holds: (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value)),

  /** What `each` repeats for the members of a list or an object; where there are none, what stands behind `else`. */
  each(
    members: object | undefined,
    body: (member: unknown, loop: Loop) => string,
    otherwise: () => string,
  ): string {
    const entries = Object.entries(members ?? {});
    if (entries.length === 0) return otherwise();
    return entries
      .map(([key, member], index) =>
        body(member, { index, key, first: index === 0, last: index === entries.length - 1 }),
      )
      .join("");
  },
};
