import { escapeInvisible } from "../model/escape-invisible.js";
import type { Language } from "../model/language.js";
import { capabilities } from "../kernel/constants/capabilities.js";
import { canonicalJson } from "../model/spec/canonical.js";
import { constraintsOf } from "../model/spec/constraints.js";
import { type ContainerInput, type Spec, toSpec } from "../model/spec/parse.js";
import { version } from "../model/version.js";
import { directoryOf, runDirectoryOf } from "../plan/container-directory.js";
import { rootCauses } from "../plan/root-causes.js";
import { hasUserNamespace } from "../plan/user-namespace.js";
import { type Plan, plan, tellsHost } from "../plan/plan.js";
import { phases, phaseTitles, toolPackages } from "../steps/step.js";
import { effectLines, packageLines } from "./header.js";
import { hostOrder } from "./host-order.js";
import { labels } from "./labels.js";
import { shellsOf } from "./shells.js";
import { Renderer } from "./templates.js";
import { usageLines } from "./usage.js";
import { readable } from "../model/readable.js";
import { link, type Linked } from "./link.js";
import { wrap } from "../model/wrap.js";
import { sha256 } from "./sha256.js";

/** How a script is written. */
export interface CompileOptions {
  /** The language of comments and messages. */
  readonly language?: Language;
  /** Ids of steps to leave out, to see what goes wrong then; the header says so. */
  readonly without?: readonly string[];
}

/** The hash that a script's header names: of the canonical spec, in hexadecimal. */
export function specHash(spec: Spec): string {
  return sha256(canonicalJson(spec));
}

/**
 * Compiles a container into a standalone bash script.
 *
 * The same spec, language and version always give the same bytes.
 *
 * @throws CooperError when the container is wrong
 *
 * @example
 * import { compile } from "cooper";
 *
 * const script = compile({ name: "web", privileged: true }, { language: "en" });
 * console.log(script.split("\n")[0]); // #!/usr/bin/env bash
 */
export function compile(container: ContainerInput | Spec, options: CompileOptions = {}): string {
  const { renderer, context, draft, needs } = linked(plan(toSpec(container), options), options);
  return (
    headAndLibrary(renderer, context, needs) +
    draft.text(needs.names) +
    renderer.render("script.sh", { ...context, parts: { end: true } })
  );
}

/** How every script begins. */
export function headAndLibrary(
  renderer: Renderer,
  context: object,
  { globals, library }: Pick<Linked, "globals" | "library">,
): string {
  return [
    renderer.render("script.sh", { ...context, globals, parts: { head: true } }),
    ...[...library.values()].map((draft) => draft.text()),
  ].join("\n");
}

/**
 * The bash of each step of a container's script, by the id of the step: the functions that do it and undo it, just
 * as they stand in the script.
 */
export function compileSteps(
  spec: Spec,
  options: CompileOptions = {},
): ReadonlyMap<string, string> {
  const { renderer, context, needs } = linked(plan(spec, options), options);
  return new Map(
    context.phases
      .flatMap(({ steps }) => steps)
      .map((step) => [
        step.id,
        renderer.draft(`steps/${step.kind}.sh`, { ...context, ...step.context }).text(needs.names),
      ]),
  );
}

/**
 * A container's own part of a script and what that needs.
 *
 * @param parts what of the script it is; a stack has the rest once
 */
export function linked(
  planned: Plan,
  { language = "en", without = [] }: CompileOptions,
  parts: Readonly<Record<string, boolean>> = { container: true, arguments: true },
) {
  const renderer = new Renderer(language);
  const context = scriptContext(planned, renderer, without);
  const draft = renderer.draft("script.sh", { ...context, parts });
  const needs = link({
    drafts: [draft],
    library: (name) => renderer.library(name, context),
    shells: context.shells.map(({ name }) => name),
    parameters: planned.spec.parameters.map(({ name }) => name),
  });
  return { renderer, context, draft, needs };
}

function scriptContext({ spec, steps }: Plan, renderer: Renderer, without: readonly string[]) {
  const { language } = renderer;
  const text = labels[language];
  const causes = rootCauses(steps);
  const json = canonicalJson(spec);
  const hash = sha256(json);
  const versionLine = `cooper ${version}, sha256 ${hash}`;
  const tools = [...new Set(steps.flatMap((step) => step.tools))]
    .sort()
    .map((tool) => ({ tool, package: toolPackages[tool] }));
  const group = steps.find((step) => step.kind === "cgroup")?.fields as
    { controllers: string[] } | undefined;
  const { cpu, memory } = spec.resources;
  return {
    summary: text.summary(readable(spec.name)),
    labels: {
      ...text,
      generated: text.generated(version),
      specification: `sha256 ${hash}`,
      without: without.length === 0 ? "" : text.without(without.join(", ")),
    },
    effects: [
      ...effectLines(steps, language),
      ...(hasUserNamespace(spec) ? [text.runDirectory] : []),
    ],
    needs: [text.bash, causes.length > 0 ? text.root : text.anyUser, ...packageLines(tools)],
    phases: phases
      .map((phase) => ({
        title: phaseTitles[phase][language],
        steps: steps
          .filter((step) => step.phase === phase)
          .map((step) => ({
            id: step.id,
            kind: step.kind,
            takesCommand: step.takesCommand === true,
            title: step.title[language],
            why: wrap(step.explanation[language].what),
            context: { ...step.fields, id: step.id },
          })),
      }))
      .filter((phase) => phase.steps.length > 0),
    shells: shellsOf(steps, language),
    ...hostOrder(steps, language),
    tells: tellsHost({ spec, steps }),
    usage: usageLines(
      { parameters: spec.parameters, command: readable(spec.process.args[0] ?? "") },
      renderer,
    ),
    versionLine,
    parameterCount: spec.parameters.length,
    parameters: spec.parameters.map(({ name, type, default: fallback }, index) => ({
      name,
      type,
      index,
      default: fallback,
    })),
    checks: constraintsOf(spec),
    tools,
    // In a user namespace of its own a process begins with all there are.
    addedCapabilities: (hasUserNamespace(spec) ? [] : spec.process.capabilities.add)
      .filter((name) => name !== "ALL")
      .map((name) => ({ name, number: capabilities[name] })),
    rootPath: spec.root.path,
    controllers: group?.controllers ?? [],
    cgroupVersion: spec.cgroup.version,
    preflights: steps.filter((step) => step.preflight !== undefined).map(({ id }) => id),
    cpu: cpu?.quota === undefined ? undefined : cpu,
    memory: memory?.limit,
    name: spec.name,
    directory: directoryOf(spec),
    runDirectory: runDirectoryOf(spec),
    anyUser: hasUserNamespace(spec),
    rootCauses: causes.join(", "),
    args: spec.process.args,
    undoesInBackground: steps.some((step) => step.undoneInBackground === true),
    undoable: steps.filter((step) => step.undo !== undefined).map(({ id }) => id),
    spec: json.split("\n").map((line) => escapeInvisible(line)),
  };
}
