import * as z from "zod/mini";
import { CooperError, type Problem, type ProblemCode } from "../errors.js";
import {
  bindParameters,
  collectParameters,
  isPlainObject,
  reviveExpressions,
} from "../expressions.js";
import { nearest } from "../nearest.js";
import { isExpression, type Parameter } from "../value.js";
import { containerSchema } from "./container.js";
import { fieldsAt, tagsOfField } from "./fields.js";

/** What a person writes: everything with a default may be left out, units may be text. */
export type ContainerInput = z.input<typeof containerSchema>;

/** A validated container: every field present and normalised, and the parameters in positional order. */
export type Spec = z.output<typeof containerSchema> & { readonly parameters: readonly Parameter[] };

/**
 * Validates a container. The result cannot be changed, so that what follows from it has to be found out only
 * once: who starts many containers alike validates first.
 *
 * @param input what `defineContainer` was given, or the same as parsed JSON
 * @param assignments parameters to fix now, by name
 * @throws CooperError with every problem found
 *
 * @example
 * import { parseContainer } from "cooper";
 *
 * const { resources } = parseContainer({ privileged: true, resources: { memory: { limit: "1GiB" } } });
 * console.log(resources.memory?.limit); // 1073741824
 */
export function parseContainer(
  input: unknown,
  assignments: ReadonlyMap<string, string> = new Map(),
): Spec {
  const bound = bindParameters(reviveExpressions(input), assignments);
  const parameters = collectParameters(bound);
  const result = z.safeParse(containerSchema, bound, { reportInput: true });
  if (result.success) {
    const spec = freeze({ ...result.data, parameters });
    frozen.add(spec);
    return spec;
  }
  throw new CooperError(problemsOf(result.error), { cause: result.error });
}

/** What validation found. */
export function problemsOf({ issues }: z.core.$ZodError): [Problem, ...Problem[]] {
  return withoutMisspelt(issues.flatMap((each) => toProblems(each))) as [Problem, ...Problem[]];
}

/** A spec as it is, or what is written in a config validated. */
export function toSpec(container: ContainerInput | Spec): Spec {
  return "parameters" in container && Array.isArray(container.parameters)
    ? container
    : parseContainer(container);
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) freeze(each);
  return Object.freeze(value);
}

/** Specs that cannot be changed, down to their last field. */
const frozen = new WeakSet<Spec>();

/** What follows from a spec: found out once for one that cannot be changed. */
export function onceForEach<Result>(find: (spec: Spec) => Result): (spec: Spec) => Result {
  const found = new WeakMap<Spec, Result>();
  return (spec) => {
    if (!frozen.has(spec)) return find(spec);
    let result = found.get(spec);
    if (result === undefined) {
      result = find(spec);
      found.set(spec, result);
    }
    return result;
  };
}

type Issue = z.core.$ZodIssue;

/** Fields that OCI has given up, and what stands for them now. */
const replacements: ReadonlyMap<PropertyKey, string> = new Map([["prestart", "createRuntime"]]);

/** The most values that a message lists. */
const mostListed = 20;

function toProblems(issue: Issue, parent: readonly PropertyKey[] = []): Problem[] {
  const field = [...parent, ...issue.path];
  if (issue.code === "invalid_union") {
    // What tells objects of several shapes apart has none of the values there are.
    const values = tagsOfField(field) as string[];
    if (values.length > 0) {
      const input = isPlainObject(issue.input)
        ? issue.input[String(issue.path.at(-1))]
        : issue.input;
      return toProblems({ ...issue, code: "invalid_value", values, input }, parent);
    }
    // The first branch is the literal: what people mean unless they wrote an expression.
    const branches = issue.errors;
    const chosen = isExpression(issue.input) ? branches.at(-1) : branches[0];
    if (chosen !== undefined && (isExpression(issue.input) || isValueField(branches)))
      return chosen.flatMap((each) => toProblems(each, field));
    // Of texts and objects, say, what came is one or the other, and something in it is wrong.
    const fitting = branches.find((issues) =>
      issues.every(({ code, path }) => code !== "invalid_type" || path.length > 0),
    );
    if (fitting !== undefined) return fitting.flatMap((each) => toProblems(each, field));
  }
  if (isExpression(issue.input) && issue.code !== "custom")
    return [{ code: "parameter-misplaced", parameters: {}, field }];
  if (issue.code === "unrecognized_keys") {
    const known = fieldsAt(field, issue.input);
    return issue.keys.map((name) => ({
      code: "unknown-field",
      parameters: { name, known, suggestion: replacements.get(name) ?? nearest(name, known) },
      field: [...field, name],
    }));
  }
  if (issue.code === "custom" && typeof issue.params?.["problem"] === "string") {
    const { problem, ...parameters } = issue.params as { problem: ProblemCode };
    return [{ code: problem, parameters, field }];
  }
  if (issue.code === "invalid_value" && issue.values.length > mostListed) {
    const known = issue.values.map(String);
    const value = show(issue.input);
    const suggestion = nearest(String(issue.input), known);
    return [{ code: "unknown-value", parameters: { value, known, suggestion }, field }];
  }
  const parameters = { issue: asWritten(issue), received: show(issue.input) };
  return [{ code: "invalid-value", parameters, field }];
}

/** What zod calls a tuple is an array to whoever writes one. */
const asWritten = (issue: Issue): Issue =>
  issue.code === "invalid_type" && issue.expected === "tuple"
    ? { ...issue, expected: "array" }
    : issue;

/** That a field is missing need not be said where its name was misspelt. */
function withoutMisspelt(problems: readonly Problem[]): Problem[] {
  const meant = problems
    .filter(({ code }) => code === "unknown-field")
    .map(({ field = [], parameters }) =>
      JSON.stringify([...field.slice(0, -1), parameters["suggestion"]]),
    );
  return problems.filter(
    ({ code, field, parameters }) =>
      code !== "invalid-value" ||
      parameters["received"] !== "undefined" ||
      !meant.includes(JSON.stringify(field)),
  );
}

/** Whether a union is a literal or an expression, as `value()` makes them. */
function isValueField(branches: readonly (readonly Issue[])[]): boolean {
  return branches.length === 2 && branches[1]?.[0]?.code === "custom";
}

/** What came, on one line and not too long. */
function show(input: unknown): string {
  if (isPlainObject(input)) return `{ ${Object.keys(input).join(", ")} }`;
  const text = (JSON.stringify(input) as string | undefined) ?? "undefined";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
