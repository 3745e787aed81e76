import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { readOrEmpty } from "../../steps/records.js";
import { cgroupsOf } from "../cgroup-membership.js";
import type { ObservedCgroup } from "../observe/cgroup.js";
import { type Finding, ok, problem, warning } from "./finding.js";

const directory = "/sys/fs/cgroup";

/** Controllers that limits need, by their names in v1; in v2 one is called otherwise. */
const controllers = ["cpu", "memory", "pids", "cpuset", "blkio"] as const;

/** How limits can be enforced. */
export function examineControlGroups(): Finding[] {
  const unified = existsSync(`${directory}/cgroup.controllers`);
  const version = unified ? 2 : 1;
  const available = unified
    ? readOrEmpty(`${directory}/cgroup.controllers`).trim().split(" ")
    : controllers.filter((each) => existsSync(`${directory}/${each}/cgroup.procs`));
  if (available.length === 0)
    return [problem("cgroup-missing", {}, ["mount", "-t", "cgroup2", "cgroup2", directory])];
  const named = controllers.map((each) => (unified && each === "blkio" ? "io" : each));
  const missing = named.filter((each) => !available.includes(each));
  const values = (list: readonly string[]) => ({
    version: String(version),
    controllers: list.join(", "),
  });
  return [
    ok("cgroup", values(named.filter((each) => available.includes(each)))),
    ...(missing.length === 0 ? [] : [warning("cgroup-controllers", values(missing))]),
  ];
}

/** Whether a container is in the groups that were made for it. */
export function examineLimits(
  name: string,
  pid: number,
  limits: ObservedCgroup | undefined,
): Finding[] {
  const own = cgroupsOf(pid).map((each) => each.directory);
  const elsewhere = groupsFor(name).filter(
    (made) => !own.some((each) => each === made || each.startsWith(`${made}/`)),
  );
  if (elsewhere.length > 0)
    return elsewhere.map((group) =>
      problem("limits-elsewhere", { group }, [
        "sh",
        "-c",
        'echo "$1" >"$2/cgroup.procs"',
        "sh",
        String(pid),
        group,
      ]),
    );
  if (limits === undefined) return [ok("limits-none")];
  const { groups, ...values } = limits;
  const shown = Object.entries(values).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return [ok("limits", { group: groups.join(", "), limits: shown.join(", ") })];
}

/** The groups that were made for a container, by their real paths. */
function groupsFor(name: string): string[] {
  const places = ["", ...controllers].map((each) =>
    path.join(directory, each, `container-${name}`),
  );
  return [...new Set(places.filter(existsSync).map((place) => realpathSync(place)))];
}
