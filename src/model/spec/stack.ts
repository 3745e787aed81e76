import * as z from "zod/mini";
import { CooperError, type Problem } from "../errors.js";
import {
  bindParameters,
  collectParameters,
  isPlainObject,
  reviveExpressions,
} from "../expressions.js";
import { readable } from "../readable.js";
import type { Parameter, Value } from "../value.js";
import { orderedFields, declaredParameters } from "./canonical.js";
import { documented, issue, later } from "./field.js";
import { networkSchema } from "./network.js";
import { type ContainerInput, parseContainer, problemsOf, type Spec } from "./parse.js";

/** What a stack says itself; its containers are validated one by one. */
const stackSchema = later(() =>
  z.strictObject({
    network: documented(z.optional(networkSchema), {
      en: "The network of every container that names none itself.",
      zh: "没有自己写 network 的容器都使用这个网络。",
    }),
    containers: documented(
      z.array(z.custom<ContainerInput>(isPlainObject)).check(z.minLength(1), z.maxLength(64)),
      {
        en: "The containers, in the order in which they start.",
        zh: "容器列表，按启动顺序排列。",
      },
    ),
  }),
);

/** What a person writes: several containers, and the network they share. */
export interface StackInput {
  readonly network?: ContainerInput["network"];
  readonly containers: readonly ContainerInput[];
}

/** Several validated containers. Each has the parameters of all, so that all take the same arguments. */
export interface Stack {
  readonly containers: readonly Spec[];
  readonly parameters: readonly Parameter[];
}

/** Whether what a config says is a stack. */
export const isStackInput = (input: unknown): input is StackInput =>
  isPlainObject(input) && Object.hasOwn(input, "containers");

/** Whether what was read is a stack. */
export const isStack = (described: Spec | Stack): described is Stack => "containers" in described;

/** The containers of a stack, in order; a container that is none is the only one. */
export const containersOf = (described: Spec | Stack): readonly Spec[] =>
  isStack(described) ? described.containers : [described];

/**
 * Validates a stack: what it says itself, and every container in it.
 *
 * @param assignments parameters to fix now, by name
 * @throws CooperError with every problem found
 *
 * @example
 * import { parseStack } from "cooper";
 *
 * const { containers } = parseStack({
 *   network: { mode: "bridge" },
 *   containers: ["web", "database"].map((name) => ({ name, privileged: true })),
 * });
 * console.log(containers.map(({ network }) => network.peers)); // [ [ 'database' ], [ 'web' ] ]
 */
export function parseStack(
  input: unknown,
  assignments: ReadonlyMap<string, string> = new Map(),
): Stack {
  const bound = bindParameters(reviveExpressions(input), assignments);
  const parameters = collectParameters(bound);
  const result = z.safeParse(stackSchema, bound, { reportInput: true });
  if (!result.success) throw new CooperError(problemsOf(result.error), { cause: result.error });
  // As it was written: every container validates it with its own fields.
  const { network } = bound as StackInput;
  const problems: Problem[] = [];
  const specs = result.data.containers.flatMap((container, index): Spec[] => {
    try {
      const whole = network === undefined ? container : { network, ...container };
      return [{ ...parseContainer(whole), parameters }];
    } catch (error) {
      if (!(error instanceof CooperError)) throw error;
      problems.push(...error.problems.map((each) => within(each, index)));
      return [];
    }
  });
  problems.push(
    ...sharedValues(specs, ["name"], ({ name }) => name),
    ...sharedValues(specs, ["root", "overlay", "path"], ({ root }) => root.overlay?.path),
  );
  const [first, ...others] = problems;
  if (first !== undefined) throw new CooperError([first, ...others]);
  return { containers: specs.map((spec) => withPeers(spec, specs)), parameters };
}

const within = (problem: Problem, index: number): Problem => ({
  ...problem,
  field: ["containers", index, ...(problem.field ?? [])],
});

/** What only one container can have and is sure to be the same; what parameters say shows when the stack starts. */
function sharedValues(
  specs: readonly Spec[],
  field: readonly string[],
  of: (spec: Spec) => Value<"name" | "path"> | undefined,
): Problem[] {
  const values = specs.map(of);
  const written = values.map((value) => JSON.stringify(value) as string | undefined);
  return values.flatMap((value, index) => {
    if (value === undefined || written.indexOf(written[index]) === index) return [];
    const { params } = issue("duplicate-value", { value: readable(value) });
    const { problem: code, ...parameters } = params;
    return [{ code, parameters, field: ["containers", index, ...field] }];
  });
}

/** Containers on one bridge reach each other by name. */
function withPeers(spec: Spec, all: readonly Spec[]): Spec {
  const { mode, bridge, peers } = spec.network;
  if (mode !== "bridge") return spec;
  const others = all.filter(
    ({ name, network }) =>
      name !== spec.name && network.mode === "bridge" && network.bridge === bridge,
  );
  const known = new Set(peers.map((peer) => JSON.stringify(peer)));
  const added = others.map(({ name }) => name).filter((name) => !known.has(JSON.stringify(name)));
  return { ...spec, network: { ...spec.network, peers: [...peers, ...added] } };
}

/** The stack as JSON that {@link parseStack} reads back to the same stack. */
export function canonicalStackJson({ containers, parameters }: Stack): string {
  return JSON.stringify(
    {
      ...declaredParameters(parameters),
      containers: containers.map((spec) => orderedFields(spec)),
    },
    null,
    2,
  );
}
