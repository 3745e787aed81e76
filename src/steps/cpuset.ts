import { readFileSync } from "node:fs";
import { cgroupFile, type CgroupPlace, cgroupRoot } from "./cgroup.js";
import { HostProblem } from "./host.js";
import { readOrEmpty, writeLine } from "./records.js";
import type { Language } from "../model/language.js";
import type { Value } from "../model/value.js";
import { defineStep, type Explanation } from "./step.js";

export interface CpusetFields extends CgroupPlace {
  readonly lists: readonly {
    readonly name: "cpus" | "mems";
    /** Such as `0-2,4`; undefined: all that the host has. */
    readonly value: Value<"text"> | undefined;
  }[];
}

/** What a whole host may use, where it tells. */
const hostFile = (version: 1 | 2 | undefined, list: "cpus" | "mems") =>
  version === 2 ? `${cgroupRoot}/cpuset.${list}.effective` : `${cgroupRoot}/cpuset/cpuset.${list}`;

/** The numbers of a list such as `0-2,4`. */
function numbersOf(list: string): number[] {
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

const explanation: Record<Language, Explanation> = {
  en: {
    what: "The group's processes run only on these CPUs and take memory only from these nodes (cpuset.cpus, cpuset.mems). In cgroup v1 both have to be given before a process may join, so what is not limited is copied from the parent.",
    without:
      "The scheduler moves the container over all CPUs, also to those kept for something else.",
  },
  zh: {
    what: "组内的进程只在这些 CPU 上运行，只从这些内存节点分配内存（cpuset.cpus、cpuset.mems）。在 cgroup v1 中两者都写好之后进程才能加入，所以不限制的一项从上级复制。",
    without: "调度器会把容器分散到所有 CPU，包括留作他用的 CPU。",
  },
};

/** Ties the container's cgroup to some of the host's CPUs and memory nodes. */
export const cpuset = defineStep<CpusetFields>({
  kind: "cpuset",
  where: "host",
  phase: "cgroup",
  title: () => ({ en: "tie it to some of the CPUs", zh: "限定可用的 CPU" }),
  explanation,
  manual: ["cpuset(7)", "cgroups(7)"],
  tools: () => [],
  effects: () => [],
  // cgroup v2 would take a CPU that is not there, and let the group have all of them.
  preflight: ({ lists }, { cgroupVersion }) => {
    for (const { name, value } of lists) {
      const available = readOrEmpty(hostFile(cgroupVersion, name)).trim();
      // Without the controller there is nothing to compare with: the step "cgroup" says so.
      if (value === undefined || available === "") continue;
      const there = new Set(numbersOf(available));
      if (!numbersOf(value).every((each) => there.has(each)))
        throw new HostProblem("cpuset-unavailable", {
          field: `resources.cpuset.${name}`,
          value,
          available,
        });
    }
  },
  perform: ({ group, lists }, { cgroupVersion }) => {
    for (const { name, value } of lists) {
      const place = cgroupFile(cgroupVersion, {
        group,
        controller: "cpuset",
        file: `cpuset.${name}`,
      });
      if (value !== undefined) writeLine(place, value);
      else if (cgroupVersion === 1)
        writeLine(place, readFileSync(hostFile(1, name), "utf8").trim());
    }
  },
  // They go with the group.
  undo: undefined,
});
