import type { Spec } from "./parse.js";

/**
 * The spec as JSON that {@link parseContainer} reads back to the same spec: every field present, in the
 * order of the schema, parameters declared first. The same spec always gives the same text.
 */
export function canonicalJson(spec: Spec): string {
  const { parameters, ...fields } = spec;
  const declared = Object.fromEntries(
    parameters.map(({ name, type, default: fallback, help }) => [
      name,
      { type, default: fallback, ...(help === undefined ? {} : { help }) },
    ]),
  );
  return JSON.stringify(
    { ...(parameters.length === 0 ? {} : { parameters: declared }), ...fields },
    null,
    2,
  );
}
