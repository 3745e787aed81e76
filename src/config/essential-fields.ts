import { isPlainObject } from "../model/expressions.js";
import { canonicalJson, orderedFields } from "../model/spec/canonical.js";
import { parseContainer, type Spec } from "../model/spec/parse.js";
import { canonicalStackJson, parseStack, type Stack } from "../model/spec/stack.js";
import { CooperError } from "../model/errors.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a person has to write to get a spec: its fields in the order of the schema, without those that validation
 * would fill in alike. A default is known by leaving the field out and seeing that nothing changes, so no default is
 * stated twice.
 */
export function essentialFields(spec: Spec): Fields {
  const { parameters, ...fields } = spec;
  const whole = canonicalJson(spec);
  return reduce(
    orderedFields(fields),
    validates((candidate) => canonicalJson({ ...parseContainer(candidate), parameters }) === whole),
  ) as Fields;
}

/** The same for a stack. */
export function essentialStack(stack: Stack): { readonly containers: readonly Fields[] } {
  const { containers, parameters } = stack;
  const whole = canonicalStackJson(stack);
  const written = { containers: containers.map((spec) => orderedFields(spec)) };
  return reduce(
    written,
    validates(
      (candidate) => canonicalStackJson({ ...parseStack(candidate), parameters }) === whole,
    ),
  ) as { containers: Fields[] };
}

/** Whether a candidate is valid, and means what it should. */
const validates = (means: (candidate: unknown) => boolean) => (candidate: unknown) => {
  try {
    return means(candidate);
  } catch (error) {
    if (error instanceof CooperError) return false;
    throw error;
  }
};

/** Leaves out what can be left out, outermost first. `means` tells whether a whole still means the same. */
function reduce(value: unknown, means: (candidate: unknown) => boolean): unknown {
  if (Array.isArray(value))
    return value.reduce<readonly unknown[]>(
      (done, _, index) =>
        done.with(
          index,
          reduce(done[index], (each) => means(done.with(index, each))),
        ),
      value,
    );
  if (!isPlainObject(value)) return value;
  return Object.keys(value).reduce<Fields>((done, key) => {
    const { [key]: member, ...others } = done;
    if (means(others)) return others;
    const smaller = reduce(member, (each) => means({ ...done, [key]: each }));
    return { ...done, [key]: smaller };
  }, value);
}
