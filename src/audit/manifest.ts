import * as z from "zod";
import { specHash } from "../bash/compile.js";
import { stackHash } from "../bash/compile-stack.js";
import { capabilityBounds, capabilityNames } from "../model/capabilities.js";
import { formatField } from "../model/errors.js";
import { readable } from "../model/readable.js";
import { namespaceTypes } from "../model/spec/container.js";
import type { Spec } from "../model/spec/parse.js";
import { containersOf, isStack, type Stack } from "../model/spec/stack.js";
import { version } from "../model/version.js";
import { type Plan, plans } from "../plan/plan.js";
import { rootCauses } from "../plan/root-causes.js";
import { effectTypes, lifetimes, minimumVersions, type Tool, toolPackages } from "../steps/step.js";
import { riskLevels, risksOf, ruleNames } from "./rules.js";

const translated = z.strictObject({ en: z.string(), zh: z.string() });

const tool = z.strictObject({
  command: z.string(),
  package: z.string().describe("Debian's package of it."),
  minimumVersion: z.string().optional().describe("The oldest version of the package that works."),
});

const change = z.strictObject({
  type: z.enum(effectTypes),
  target: z.string().describe("What is changed; $NAME is a parameter, {…} one of several."),
  where: z
    .enum(["host", "container"])
    .describe("Whether the host sees the change, or only the container."),
  lifetime: z
    .enum(lifetimes)
    .describe(
      "container: undone when the container ends. shared: undone when the last container that shares it ends, unless it was there before. stays: never undone.",
    ),
  step: z.string().describe("Id of the step that does it."),
  cause: z.string().describe("Field of the config that asked for it."),
});

const border = z.strictObject({
  rule: z.enum(ruleNames),
  risk: z.enum(riskLevels),
  field: z.string(),
  subject: z.string().optional(),
  reason: translated,
});

const container = z.strictObject({
  name: z.string(),
  privileges: z.strictObject({
    start: z
      .enum(["root", "any user"])
      .describe("Who can start it; any user where users may make user namespaces."),
    rootFor: z.array(z.string()).describe("The fields because of which only root can start it."),
    user: z.strictObject({ uid: z.int(), gid: z.int(), additionalGids: z.array(z.int()) }),
    namespaces: z.array(z.enum(namespaceTypes)).describe("What it does not share with the host."),
    capabilities: z.array(z.string()).describe("What the command can have at most."),
    noNewPrivileges: z.boolean(),
  }),
  tools: z.array(tool).describe("What has to be installed on the host for the script."),
  changes: z.array(change).describe("Everything it changes, in the order in which it happens."),
  borders: z.array(border).describe("Where it crosses the border between container and host."),
});

/** Everything that a script, or a run, of a config will do to the host. */
export const manifestSchema = z.strictObject({
  version: z.string().describe("The version of Cooper this holds for."),
  sha256: z.string().describe("Hash of the canonical spec, as in the script's header."),
  containers: z.array(container),
});

/** What a manifest says, as plain data. */
export type Manifest = z.output<typeof manifestSchema>;

/**
 * Lists everything that a container, or a stack, will do to the host, from the effects of its steps.
 *
 * @param without ids of steps that are left out
 * @throws CooperError `step-unknown`, `step-required`
 *
 * @example
 * import { manifest, parseContainer } from "cooper";
 *
 * const { containers } = manifest(parseContainer({ name: "web", privileged: true }));
 * console.log(containers[0]?.borders[0]?.rule); // privileged
 */
export function manifest(described: Spec | Stack, without: readonly string[] = []): Manifest {
  return {
    version,
    sha256: isStack(described) ? stackHash(described) : specHash(described),
    containers: plans(containersOf(described), { without }).map(containerManifest),
  };
}

function containerManifest({ spec, steps }: Plan): Manifest["containers"][number] {
  const { uid, gid, additionalGids } = spec.process.user;
  const causes = rootCauses(steps);
  return {
    name: readable(spec.name),
    privileges: {
      start: causes.length > 0 ? "root" : "any user",
      rootFor: causes,
      user: { uid, gid, additionalGids },
      namespaces: spec.namespaces,
      capabilities: spec.privileged
        ? capabilityNames
        : [...capabilityBounds(spec.process.capabilities).kept],
      noNewPrivileges: spec.process.noNewPrivileges,
    },
    tools: [...new Set(steps.flatMap(({ tools }) => tools))].sort().map(toolEntry),
    changes: steps.flatMap(({ id, cause, where, effects }) =>
      effects.map(({ type, target, lifetime }) => ({
        type,
        target: readable(target),
        where,
        lifetime,
        step: id,
        cause,
      })),
    ),
    borders: risksOf(spec).map(({ rule, level, field, subject, reason }) => ({
      rule,
      risk: level,
      field: formatField(field),
      ...(subject === undefined ? {} : { subject }),
      reason,
    })),
  };
}

function toolEntry(command: Tool) {
  const name = toolPackages[command];
  const minimumVersion = minimumVersions[name];
  return { command, package: name, ...(minimumVersion === undefined ? {} : { minimumVersion }) };
}
