import { defaultPath } from "../kernel/program/command.js";
import { CooperError } from "../model/errors.js";
import { nearest } from "../model/nearest.js";
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
export function plan(spec: Spec, { without = [] }: PlanOptions = {}): Plan {
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
  return { spec, steps: leaveOut(withUniqueIds(steps), without) };
}

export interface PlanOptions {
  /** Ids of steps to leave out, to see what goes wrong then. */
  readonly without?: readonly string[];
}

/** @throws CooperError `step-unknown`, `step-required` */
function leaveOut(steps: readonly Step[], without: readonly string[]): readonly Step[] {
  for (const id of without) {
    const step = steps.find((each) => each.id === id);
    const others = steps.filter(({ required }) => required !== true).map((each) => each.id);
    if (step === undefined)
      throw CooperError.of("step-unknown", { id, suggestion: nearest(id, others), others });
    if (step.required) throw CooperError.of("step-required", { id, others });
  }
  return steps.filter(({ id }) => !without.includes(id));
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
