import type { Spec } from "../model/spec/parse.js";
import { cgroupJoin } from "../steps/cgroup-join.js";
import { cgroup, unifiedName } from "../steps/cgroup.js";
import { cpuset } from "../steps/cpuset.js";
import { cpuLimit, limit, memoryLimit, pidsLimit } from "../steps/limit.js";
import { namedAfter } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";

/** The group of a container, and the controllers that limit it. */
function groupOf({ name: owner, resources, cgroup: { version } }: Spec) {
  const { cpu, memory, pids, cpuset: set } = resources;
  const controllers = [
    ...(cpu?.quota === undefined ? [] : ["cpu"]),
    ...(memory === undefined ? [] : ["memory"]),
    ...(pids === undefined ? [] : ["pids"]),
    ...(set === undefined ? [] : ["cpuset"]),
  ];
  return { place: { group: namedAfter("container-", owner), version }, controllers };
}

/** The group with its limits: steps of the host. */
export function cgroupSteps(spec: Spec): Step[] {
  const { place, controllers } = groupOf(spec);
  if (controllers.length === 0) return [];
  const unified = controllers.map(unifiedName);
  return [cgroup("resources", { ...place, controllers, unified }), ...limitSteps(spec, place)];
}

function limitSteps({ resources }: Spec, place: ReturnType<typeof groupOf>["place"]): Step[] {
  const { cpu, memory, pids, cpuset: set } = resources;
  return [
    ...(cpu?.quota === undefined
      ? []
      : [limit("resources.cpu", cpuLimit(place, { ...cpu, quota: cpu.quota }), "limit_cpu")]),
    ...(memory === undefined
      ? []
      : [limit("resources.memory", memoryLimit(place, memory), "limit_memory")]),
    ...(pids === undefined
      ? []
      : [limit("resources.pids", pidsLimit(place, pids.limit), "limit_pids")]),
    ...(set === undefined
      ? []
      : [
          cpuset("resources.cpuset", {
            ...place,
            lists: [
              { name: "cpus", value: set.cpus },
              { name: "mems", value: set.mems },
            ],
          }),
        ]),
  ];
}

/** The container's way into its group. */
export function cgroupJoinSteps(spec: Spec): Step[] {
  const { place, controllers } = groupOf(spec);
  return controllers.length === 0 ? [] : [cgroupJoin("resources", { ...place, controllers })];
}
