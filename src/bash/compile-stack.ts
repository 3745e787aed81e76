import { escapeInvisible } from "../model/escape-invisible.js";
import { readable } from "../model/readable.js";
import { type Check, constraintsOf } from "../model/spec/constraints.js";
import {
  canonicalStackJson,
  parseStack,
  type Stack,
  type StackInput,
} from "../model/spec/stack.js";
import { version } from "../model/version.js";
import { type Plan, plans, tellsHost } from "../plan/plan.js";
import { rootCauses } from "../plan/root-causes.js";
import { hasUserNamespace } from "../plan/user-namespace.js";
import { systemRunDirectory, userRunDirectory } from "../steps/run-directory.js";
import { toolPackages } from "../steps/step.js";
import { type CompileOptions, headAndLibrary, linked } from "./compile.js";
import { effectLines, packageLines } from "./header.js";
import { labels } from "./labels.js";
import { link } from "./link.js";
import { Renderer } from "./templates.js";
import { usageLines } from "./usage.js";
import { sha256 } from "./sha256.js";

/** The hash that a script's header names: of the canonical stack, in hexadecimal. */
export function stackHash(stack: Stack): string {
  return sha256(canonicalStackJson(stack));
}

/**
 * Compiles a stack into one standalone bash script that starts its containers in order and waits for all.
 *
 * Each container is a function of its own, with the steps that its own script would have, and runs in a process of
 * its own; what they share stands in the script once.
 *
 * @throws CooperError when the stack is wrong
 *
 * @example
 * import { compileStack, defineStack } from "cooper";
 *
 * const stack = defineStack({ containers: [{ name: "a", privileged: true }, { name: "b", privileged: true }] });
 * console.log(compileStack(stack).match(/^container_\d/gm)); // [ 'container_1', 'container_2' ]
 */
export function compileStack(
  stack: Stack | StackInput,
  { language = "en", without = [] }: CompileOptions = {},
): string {
  const parsed = "parameters" in stack ? stack : parseStack(stack);
  const planned = plans(parsed.containers, { without });
  const members = planned.map((each) => linked(each, { language }, { container: true }));
  const renderer = new Renderer(language);
  const context = stackContext(parsed, planned, renderer, without);
  const args = renderer.draft("script.sh", { ...context, parts: { arguments: true } });
  const main = renderer.draft("stack.sh", context);
  const needs = link({
    drafts: [args, main, ...members.map((member) => member.draft)],
    library: (name) => renderer.library(name, context),
    shells: [],
    parameters: parsed.parameters.map(({ name }) => name),
  });
  return [
    `${(headAndLibrary(renderer, context, needs) + args.text()).trimEnd()}\n`,
    ...members.map((member, index) =>
      memberFunction(
        index + 1,
        labels[language].member(readable(member.context.name)),
        member.draft.text(member.needs.names),
      ),
    ),
    main.text(),
  ].join("\n");
}

/** Defines everything of one container when it is called, and runs it. */
function memberFunction(number: number, title: string, body: string): string {
  const indented = body
    .trim()
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`));
  return [
    `# ── ${title} ──`,
    "",
    `container_${number}() {`,
    ...indented,
    "",
    '  main "$@"',
    "}",
    "",
  ].join("\n");
}

function stackContext(
  stack: Stack,
  planned: readonly Plan[],
  renderer: Renderer,
  without: readonly string[],
) {
  const { language } = renderer;
  const text = labels[language];
  const hash = stackHash(stack);
  const steps = planned.flatMap((each) => each.steps);
  const anyUser = stack.containers.some(hasUserNamespace);
  const tools = [...new Set([...steps.flatMap((step) => step.tools), "setpriv" as const])]
    .sort()
    .map((tool) => ({ tool, package: toolPackages[tool] }));
  return {
    summary: text.summaryOfStack(stack.containers.map(({ name }) => readable(name)).join(", ")),
    labels: {
      ...text,
      generated: text.generated(version),
      specification: `sha256 ${hash}`,
      without: without.length === 0 ? "" : text.without(without.join(", ")),
    },
    effects: [...effectLines(steps, language), ...(anyUser ? [text.runDirectory] : [])],
    needs: [
      text.bash,
      rootCauses(steps).length > 0 ? text.root : text.anyUser,
      ...packageLines(tools),
    ],
    anyUser,
    runDirectory: anyUser ? userRunDirectory : systemRunDirectory,
    tells: planned.some(tellsHost),
    usage: usageLines({ parameters: stack.parameters, command: undefined }, renderer),
    versionLine: `cooper ${version}, sha256 ${hash}`,
    parameterCount: stack.parameters.length,
    parameters: stack.parameters.map(({ name, type, default: fallback }, index) => ({
      name,
      type,
      index,
      default: fallback,
    })),
    checks: stack.containers.flatMap((spec, index) =>
      constraintsOf(spec).map((check): Check => ({
        ...check,
        field: `containers[${index}].${check.field}`,
      })),
    ),
    tools,
    members: stack.containers.map((_, index) => ({ number: index + 1 })),
    numbers: stack.containers.map((_, index) => index + 1),
    names: stack.containers.map(({ name }) => name),
    spec: canonicalStackJson(stack)
      .split("\n")
      .map((line) => escapeInvisible(line)),
  };
}
