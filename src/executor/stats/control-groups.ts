import { type CgroupMembership, cgroupsOf } from "../cgroup-membership.js";

export type Controller = "cpu" | "cpuacct" | "memory" | "pids" | "blkio";

/** The groups made for a container, by controller; in v2 one group has all. */
export type ControlGroups = (controller: Controller) => CgroupMembership | undefined;

/**
 * Finds the groups of a container. Only those named after it count: in the others it is together with
 * whoever started it.
 */
export function controlGroups(name: string, pid: number): ControlGroups {
  const own = cgroupsOf(pid).filter(({ path }) => path.split("/").includes(`container-${name}`));
  const unified = own.find(({ version }) => version === 2);
  return (controller) => own.find(({ controllers }) => controllers.includes(controller)) ?? unified;
}
