import type { Spec } from "../model/spec/parse.js";
import { cgroupJoin } from "../steps/cgroup-join.js";
import { cgroup } from "../steps/cgroup.js";
import { namedAfter } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";

/** The limits of a spec and the group that has them. */
export function cgroupLimits({ name: owner, resources, cgroup: { version } }: Spec) {
  const quota = resources.cpu?.quota;
  const cpu =
    resources.cpu === undefined || quota === undefined
      ? undefined
      : { quota, period: resources.cpu.period };
  const memory = resources.memory?.limit;
  const controllers = [
    ...(cpu === undefined ? [] : ["cpu"]),
    ...(memory === undefined ? [] : ["memory"]),
  ];
  return { group: namedAfter("container-", owner), version, controllers, cpu, memory };
}

/** The group with its limits: steps of the host. */
export function cgroupSteps(spec: Spec): Step[] {
  const limits = cgroupLimits(spec);
  return limits.controllers.length === 0 ? [] : [cgroup("resources", limits)];
}

/** The container's way into its group. */
export function cgroupJoinSteps(spec: Spec): Step[] {
  const { group, version, controllers } = cgroupLimits(spec);
  return controllers.length === 0 ? [] : [cgroupJoin("resources", { group, version, controllers })];
}
