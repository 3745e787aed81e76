/** What `a?.b` makes of the rest of its chain when `a` is null or undefined. */
export const shortCircuit = Symbol("short circuit");
