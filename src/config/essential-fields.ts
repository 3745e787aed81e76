import { isPlainObject } from "../model/expressions.js";
import { canonicalJson, orderedFields } from "../model/spec/canonical.js";
import { parseContainer, type Spec } from "../model/spec/parse.js";
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
  const means = (candidate: unknown) => {
    try {
      return canonicalJson({ ...parseContainer(candidate), parameters }) === whole;
    } catch (error) {
      if (error instanceof CooperError) return false;
      throw error;
    }
  };
  return reduce(orderedFields(fields), means) as Fields;
}

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
