import { CooperError, type Problem, type Span } from "../model/errors.js";
import { parseContainer, type Spec } from "../model/spec/parse.js";
import { isStackInput, parseStack, type Stack } from "../model/spec/stack.js";
import type { Config, FieldPart } from "./config.js";
import { applyFlags, type ContainerFlags, hasFlags, isSetByFlag } from "./flags.js";
import { readConfig } from "./read-config.js";

/**
 * Reads and validates what a config describes: a container, or a stack of several.
 *
 * The type checker is asked last: what it says about a wrong field, validation says in the user's
 * language and at the value itself, and nobody wants to read the same mistake twice.
 *
 * @param assignments parameters to fix now, by name
 * @param flags fields to set in place of what the config says
 * @throws CooperError with every problem found, each with its place in the source where it has one; `stack-flags` when
 *   flags are given for a stack
 */
export async function readDescription(
  file: string,
  assignments: ReadonlyMap<string, string> = new Map(),
  flags: ContainerFlags = {},
): Promise<Spec | Stack> {
  return (await readLocated(file, assignments, flags)).described;
}

/** What a config describes, and where in its source. */
export interface Located {
  readonly described: Spec | Stack;
  /** The place of a field, or of the nearest thing around it that is written in the config. */
  readonly locate: (field: readonly PropertyKey[]) => Span | undefined;
}

/** As {@link readDescription}, and tells where things are. */
export async function readLocated(
  file: string,
  assignments: ReadonlyMap<string, string> = new Map(),
  flags: ContainerFlags = {},
): Promise<Located> {
  const config = await readConfig(file);
  const described = validate(config, assignments, flags);
  const [first, ...others] = config.typeProblems();
  if (first !== undefined) throw new CooperError([first, ...others]);
  return { described, locate: (field) => nearestSpan(field, config) };
}

function validate(
  config: Config,
  assignments: ReadonlyMap<string, string>,
  flags: ContainerFlags,
): Spec | Stack {
  try {
    if (isStackInput(config.input)) {
      if (hasFlags(flags)) throw CooperError.of("stack-flags", {});
      return parseStack(config.input, assignments);
    }
    return parseContainer(applyFlags(flags, config.input), assignments);
  } catch (error) {
    if (!(error instanceof CooperError)) throw error;
    const [first, ...others] = error.problems;
    const place = (problem: Problem) =>
      isSetByFlag(problem.field ?? [], flags) ? problem : withSpan(problem, config, assignments);
    throw new CooperError([place(first), ...others.map(place)], { cause: error });
  }
}

function withSpan(
  problem: Problem,
  config: Config,
  assignments: ReadonlyMap<string, string>,
): Problem {
  const { field, span } = problem;
  if (span !== undefined || field === undefined) return problem;
  // A wrong `--set` is named by its parameter; it is on the command line, not in the file.
  const [name, ...rest] = field;
  if (rest.length === 0 && typeof name === "string" && assignments.has(name)) return problem;
  return {
    ...problem,
    span: nearestSpan(field, config, problem.code === "unknown-field" ? "key" : "value"),
  };
}

/** The place of the field, or of the nearest thing around it: a missing field is shown at its object. */
function nearestSpan(
  field: readonly PropertyKey[],
  config: Config,
  part: FieldPart = "value",
): Span | undefined {
  const own = config.locate(field, part);
  if (own !== undefined || field.length === 0) return own;
  for (let length = field.length - 1; length >= 0; length -= 1) {
    const around = config.locate(field.slice(0, length), "value");
    if (around !== undefined) return around;
  }
  return undefined;
}
