import path from "node:path";
import type { Spec } from "../model/spec/parse.js";
import { blockIO, throttlesOf } from "../steps/block-io.js";
import { cgroupJoin } from "../steps/cgroup-join.js";
import { cgroupMount, type CgroupMountFields } from "../steps/cgroup-mount.js";
import { cgroup, type CgroupPlace, cgroupRoot, unifiedName } from "../steps/cgroup.js";
import { cpuset } from "../steps/cpuset.js";
import { cpuLimit, limit, memoryLimit, pidsLimit } from "../steps/limit.js";
import { namedAfter } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";

/** The group of a container, and the controllers that limit it. */
function groupOf({ name: owner, resources, cgroup: { version } }: Spec) {
  const { cpu, memory, pids, cpuset: set } = resources;
  const throttles = resources.blockIO === undefined ? [] : throttlesOf(resources.blockIO);
  const controllers = [
    ...(cpu?.quota === undefined ? [] : ["cpu"]),
    ...(memory === undefined ? [] : ["memory"]),
    ...(pids === undefined ? [] : ["pids"]),
    ...(set === undefined ? [] : ["cpuset"]),
    ...(throttles.length === 0 ? [] : ["blkio"]),
  ];
  return { place: { group: namedAfter("container-", owner), version }, controllers, throttles };
}

/** The group with its limits: steps of the host. */
export function cgroupSteps(spec: Spec): Step[] {
  const { place, controllers, throttles } = groupOf(spec);
  if (controllers.length === 0) return [];
  const unified = controllers.map(unifiedName);
  return [
    cgroup("resources", { ...place, controllers, unified }),
    ...limitSteps(spec, place),
    ...(throttles.length === 0 ? [] : [blockIO("resources.blockIO", { ...place, throttles })]),
  ];
}

function limitSteps({ resources }: Spec, place: CgroupPlace): Step[] {
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

/** What the container sees of its group, in the /sys of its config: a step of the container. */
export function cgroupMountSteps(spec: Spec, root: CgroupMountFields["root"]): Step[] {
  const { place, controllers } = groupOf(spec);
  const places = spec.mounts.map(({ destination }) => path.posix.resolve(destination));
  const own = spec.mounts.some(
    ({ type }, index) => type === "sysfs" && cgroupRoot.startsWith(`${places[index] ?? ""}/`),
  );
  const taken = places.some((each) => `${each}/`.startsWith(`${cgroupRoot}/`));
  if (spec.privileged || controllers.length === 0 || !own || taken) return [];
  return [cgroupMount("resources", { root, ...place, controllers })];
}

/** The container's way into its group. */
export function cgroupJoinSteps(spec: Spec): Step[] {
  const { place, controllers } = groupOf(spec);
  return controllers.length === 0 ? [] : [cgroupJoin("resources", { ...place, controllers })];
}
