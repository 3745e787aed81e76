import { existsSync, realpathSync, statSync } from "node:fs";
import {
  allCapabilities,
  capabilities,
  type CapabilityName,
} from "../kernel/constants/capabilities.js";
import type { Spec } from "../model/spec/parse.js";
import { evaluate } from "../model/value.js";
import type { Bindings } from "../model/value.js";
import type { Plan } from "../plan/plan.js";
import { findTool } from "../kernel/find-tool.js";
import { firewallTools } from "../steps/firewall.js";
import { hasUserNamespace } from "../plan/user-namespace.js";
import { rootCauses } from "../plan/root-causes.js";
import { HostProblem } from "../steps/host.js";
import { toolPackages } from "../steps/step.js";
import { heldCapabilities } from "./held-capabilities.js";
import { openFilesAtStart } from "./process-limits.js";

/**
 * Everything that can be checked before the first change.
 *
 * @throws HostProblem with the codes of the generated scripts
 */
export function preflight({ spec, steps }: Plan, bindings: Bindings, directory: string) {
  if (process.geteuid?.() !== 0) requireNoRoot(steps);
  requireTools(steps);
  // In a user namespace of its own a process begins with all there are.
  const held = hasUserNamespace(spec)
    ? { bounding: allCapabilities, permitted: allCapabilities }
    : heldCapabilities();
  requireCapabilities(spec.process.capabilities.add, held.bounding);
  return {
    root: rootDirectory(spec, bindings, directory),
    cgroupVersion: cgroupVersion(steps),
    capabilities: held,
    openFiles: openFilesAtStart(),
  };
}

function requireNoRoot(steps: Plan["steps"]): void {
  const fields = rootCauses(steps);
  if (fields.length > 0) throw new HostProblem("not-root", { fields: fields.join(", ") });
}

/** Nobody can give what they do not have themselves. */
function requireCapabilities(added: readonly (CapabilityName | "ALL")[], bounding: bigint): void {
  const missing = added.find(
    (name) => name !== "ALL" && ((bounding >> BigInt(capabilities[name])) & 1n) === 0n,
  );
  if (missing !== undefined) throw new HostProblem("capability-missing", { capability: missing });
}

/** The other tools of a script are system calls here. */
function requireTools(steps: Plan["steps"]): void {
  const missing = firewallTools
    .filter((tool) => steps.some(({ tools }) => tools.includes(tool)))
    .filter((tool) => findTool(tool) === undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => toolPackages[tool]))];
  throw new HostProblem("tool-missing", { tools: missing.join(" "), packages: packages.join(" ") });
}

function rootDirectory({ root }: Spec, bindings: Bindings, directory: string): string {
  if (root.path === undefined) return `${directory}/rootfs`;
  const given = evaluate("path", root.path, bindings);
  if (statSync(given, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new HostProblem("rootfs-missing", { root: given });
  const real = realpathSync.native(given);
  if (real === "/") throw new HostProblem("rootfs-is-host", { root: real });
  return real;
}

/** A hybrid host, which has cgroup v1 controllers and an empty cgroup v2 hierarchy beside them, counts as 1. */
function cgroupVersion(steps: Plan["steps"]): 1 | 2 | undefined {
  const fields = steps.find(({ kind }) => kind === "cgroup")?.fields as
    { readonly controllers: readonly string[]; readonly version: "auto" | 1 | 2 } | undefined;
  if (fields === undefined) return undefined;
  const { controllers, version: wanted } = fields;
  const unified = existsSync("/sys/fs/cgroup/cgroup.controllers");
  const split = controllers.every((each) => existsSync(`/sys/fs/cgroup/${each}/cgroup.procs`));
  const version = unified ? 2 : split ? 1 : undefined;
  const names = controllers.join(" ");
  if (wanted !== "auto" && version !== wanted)
    throw new HostProblem("cgroup-version", { version: String(wanted), controllers: names });
  if (version === undefined) throw new HostProblem("cgroup-missing", { controllers: names });
  return version;
}
