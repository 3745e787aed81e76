import { defaultPath } from "../kernel/program/command.js";
import type { Spec } from "../model/spec/parse.js";
import { exec } from "../steps/exec.js";
import { hostname } from "../steps/hostname.js";
import { name, nameFields } from "../steps/name.js";
import { start } from "../steps/start.js";
import type { Step } from "../steps/step.js";
import { bannerSteps } from "./banner.js";
import { cgroupJoinSteps, cgroupSteps } from "./cgroup.js";
import { fileSystemSteps } from "./file-systems.js";
import { networkSteps } from "./network.js";

/** The ordered steps of one container. */
export interface Plan {
  readonly spec: Spec;
  readonly steps: readonly Step[];
}

/**
 * Turns a spec into the steps that build it, in the order in which they happen.
 *
 * @example
 * import { parseContainer, plan } from "cooper";
 *
 * const { steps } = plan(parseContainer({ privileged: true, mounts: [], network: { mode: "host" } }));
 * console.log(steps.map(({ id }) => id).join(" ")); // name start root_build pivot_root exec
 */
export function plan(spec: Spec): Plan {
  const steps = [
    name("name", nameFields(spec.name)),
    ...networkSteps(spec),
    ...cgroupSteps(spec),
    start("namespaces", {
      name: spec.name,
      namespaces: spec.namespaces,
      joinNetwork: spec.namespaces.includes("network"),
      pivot: spec.root.switch === "pivot_root",
    }),
    ...cgroupJoinSteps(spec),
    ...(spec.hostname === undefined ? [] : [hostname("hostname", { hostname: spec.hostname })]),
    ...fileSystemSteps(spec),
    ...bannerSteps(spec),
    exec("process", {
      args: spec.process.args,
      env: spec.process.env,
      searchPath: spec.process.env["PATH"] ?? defaultPath,
      cwd: spec.process.cwd,
      user: spec.process.user,
    }),
  ];
  return { spec, steps: withUniqueIds(steps) };
}

/** Ids are made of letters and digits only, so `/a/b` and `/a_b` ask for the same one. */
function withUniqueIds(steps: readonly Step[]): Step[] {
  const taken = new Set<string>();
  return steps.map((step) => {
    let { id } = step;
    for (let number = 2; taken.has(id); number += 1) id = `${step.id}_${String(number)}`;
    taken.add(id);
    return { ...step, id };
  });
}
